return await CitiesOfLearning.Upload.CityUpload.RunAsync(args, Console.Out, CancellationToken.None);
