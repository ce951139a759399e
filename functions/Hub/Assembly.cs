using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("CitiesOfLearning.Hub.Tests")]
[assembly: InternalsVisibleTo("CitiesOfLearning.Benchmarks")]
[assembly: InternalsVisibleTo("CitiesOfLearning.Tests.Support")]
