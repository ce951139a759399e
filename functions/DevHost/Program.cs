using CitiesOfLearning.DevHost;

using var signals = new StopSignals();
return await DevCommand.RunAsync(args, Console.Out, Console.Error, signals.Token);
