using CitiesOfLearning.Operator;

return args is ["replay", .. var chosen] ? await Replay.RunAsync(chosen, Console.Out, CancellationToken.None)
    : args is [RosterCommand.Name, .. var roster] ? await RosterCommand.RunAsync(roster, Console.Out, CancellationToken.None)
    : await CityUpload.RunAsync(args, Console.Out, CancellationToken.None);
