using System.Globalization;

namespace CitiesOfLearning.Benchmarks;

/// <summary>Options of our own commands: <c>--name value</c>, each known by its name.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <exception cref="CommandException">An option is unknown or has no value.</exception>
    public CommandLine(string[] args, params string[] known)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || !known.Contains(args[i][2..]) || i + 1 == args.Length)
            {
                throw new CommandException($"What is \"{args[i]}\"? The options are {string.Join(", ", known.Select(k => $"--{k} …"))}.");
            }

            _given[args[i][2..]] = args[i + 1];
        }
    }

    public string Text(string name, string otherwise) => _given.GetValueOrDefault(name, otherwise);

    public int Number(string name, int otherwise) =>
        !_given.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new CommandException($"--{name} is \"{text}\"; it must be a number above 0.");
}

/// <summary>Something the person at the keyboard can put right; the message says how.</summary>
internal sealed class CommandException(string message) : Exception(message);
