using BenchmarkDotNet.Running;
using CitiesOfLearning.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks                      every benchmark, about a minute
// dotnet run -c Release --project tests/Benchmarks -- --filter *Bake*   some of them
switch (args)
{
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ShortRun).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, new ShortRun());
        break;
}
