using CitiesOfLearning.DevHost;

Proxies.LeaveThisMachineAlone();
using var signals = new StopSignals();
return await DevCommand.RunAsync(args, Console.Out, Console.Error, signals.Token);
