using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("CitiesOfLearning.App.Tests")]
