using BenchmarkDotNet.Running;
using CitiesOfLearning.Benchmarks;
using CitiesOfLearning.Benchmarks.Load;
using CitiesOfLearning.Benchmarks.Peers;
using CitiesOfLearning.Benchmarks.StartUp;
using CitiesOfLearning.Benchmarks.Worst;

// Every command is in docs/benchmarks.md.
switch (args)
{
    case ["load", .. var options]:
        return await LoadCommand.RunAsync(options);
    case ["startup", .. var options]:
        return await StartUpCommand.RunAsync(options);
    case ["worst", .. var options]:
        return await WorstCommand.RunAsync(options);
    case ["crowd", .. var options]:
        return await CrowdCommand.RunAsync(options);
    case ["peers", .. var options]:
        return await PeersCommand.RunAsync(options);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ShortRun).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, new ShortRun());
        return 0;
}
