using System.Globalization;
using System.Text;

namespace CitiesOfLearning.JsonLd;

/// <summary>Where in the document the processor is. Written out only when there is an error to tell.</summary>
internal sealed class JsonPath
{
    private readonly List<(string? Name, int Index)> _steps = [];

    public int Depth => _steps.Count;

    public void Push(string name) => _steps.Add((name, 0));

    public void Push(int index) => _steps.Add((null, index));

    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    public JsonLdException Error(string code, string? detail = null) => new(code, ToString(), detail);

    /// <summary>RFC 6901, 3.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _steps)
        {
            text.Append('/');
            _ = name is null
                ? text.Append(index.ToString(CultureInfo.InvariantCulture))
                : text.Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }
}
