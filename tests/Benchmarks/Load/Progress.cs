namespace CitiesOfLearning.Benchmarks.Load;

/// <summary>One line that grows; where output goes to a file, nothing but the end.</summary>
internal static class Progress
{
    private static readonly Lock Writing = new();

    public static void Show(string what, int done, int of)
    {
        if (done != of && (Console.IsOutputRedirected || done % 10 != 0))
        {
            return;
        }

        lock (Writing)
        {
            Console.Write(Console.IsOutputRedirected ? $"{what} {done} of {of}\n" : $"\r{what} {done} of {of}{(done == of ? "\n" : "")}");
        }
    }
}
