using CitiesOfLearning.Operator;

return await CityUpload.RunAsync(args, Console.Out, CancellationToken.None);
