using System.Text.RegularExpressions;

namespace CitiesOfLearning.Tests.Support;

/// <summary>One request to storage.</summary>
/// <param name="Kind">What it asks for, such as <c>get blob</c>, <c>insert entity</c>, <c>send message</c>.</param>
/// <param name="Place">The table, container or queue; of a transaction, the table too. Empty if it is about all of them.</param>
/// <param name="Path">As it was asked for, with keys and ids, without the account and the query.</param>
public sealed partial record StorageCall(string Kind, string Place, string Path)
{
    public override string ToString() => $"{Kind} {Path}";

    /// <param name="method">The method of HTTP.</param>
    /// <param name="target">Path and query as they were sent: the account is the path's first part.</param>
    /// <param name="isConditional">Whether it has an <c>If-Match</c>.</param>
    internal static StorageCall Of(StorageService service, string method, string target, bool isConditional)
    {
        var (path, query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, "");
        path = Uri.UnescapeDataString(path[1..].Split('/', 2) is [_, var rest] ? rest : "");
        var place = FirstName().Match(path).Value;
        return service switch
        {
            StorageService.Blob => new(OfBlob(method, query, isAll: path.Length == 0, isOne: path.Contains('/')), place, path),
            StorageService.Queue => new(OfQueue(method, path, query), place, path),
            _ => new(OfTable(method, path, isConditional), place is "$batch" or "Tables" ? "" : place, path),
        };
    }

    private static string OfBlob(string method, string query, bool isAll, bool isOne) => (method, isOne) switch
    {
        ("GET", false) => isAll ? "list containers" : "list blobs",
        ("GET", true) => "get blob",
        ("HEAD", true) => "ask for blob",
        ("PUT", false) => "create container",
        ("PUT", true) => query.Contains("comp=block", StringComparison.Ordinal) ? "put block" : "put blob",
        ("DELETE", true) => "delete blob",
        _ => $"{method} blob",
    };

    private static string OfQueue(string method, string path, string query) =>
        (method, path.Contains("/messages", StringComparison.Ordinal)) switch
        {
            ("GET", true) => query.Contains("peekonly", StringComparison.Ordinal) ? "peek messages" : "receive messages",
            ("POST", true) => "send message",
            ("PUT", true) => "update message",
            ("DELETE", true) => "delete message",
            ("GET", false) => path.Length == 0 ? "list queues" : "ask for queue",
            ("PUT", false) => "create queue",
            _ => $"{method} queue",
        };

    private static string OfTable(string method, string path, bool isConditional) => method switch
    {
        _ when path == "$batch" => "transaction",
        _ when path.StartsWith("Tables", StringComparison.Ordinal) => method == "GET" ? "list tables" : "create table",
        "GET" => path.Contains("PartitionKey", StringComparison.Ordinal) ? "get entity" : "query entities",
        "POST" => "insert entity",
        "PUT" => isConditional ? "replace entity" : "upsert entity",
        "PATCH" or "MERGE" => "merge entity",
        "DELETE" => "delete entity",
        _ => $"{method} entity",
    };

    [GeneratedRegex("^[^/(]*")]
    private static partial Regex FirstName();
}

/// <summary>The three services of an account, in the order of their ports.</summary>
internal enum StorageService
{
    Blob,
    Queue,
    Table,
}
