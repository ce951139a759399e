using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace CitiesOfLearning.Hub.Tests.Mail;

/// <summary>Rows with ETags and conditional writes, as table Mailboxes needs them, and no more. Every call lets others go first.</summary>
internal sealed class TablesInMemory : TableServiceClient
{
    private readonly Dictionary<string, TableInMemory> _tables = [];

    public int Calls => _tables.Values.Sum(t => t.Calls);

    public override TableClient GetTableClient(string tableName) =>
        _tables.TryGetValue(tableName, out var table) ? table : _tables[tableName] = new TableInMemory();

    private sealed class TableInMemory : TableClient
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<(string, string), (TableEntity Row, ETag ETag)> _rows = [];

        public int Calls { get; private set; }

        public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            lock (_lock)
            {
                Calls++;
                return _rows.TryGetValue((partitionKey, rowKey), out var found)
                    ? Response.FromValue((T)(ITableEntity)new TableEntity(found.Row) { ETag = found.ETag }, new Written(200, found.ETag))
                    : new Nothing<T>();
            }
        }

        public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
            WriteAsync((TableEntity)(ITableEntity)entity, null);

        public override Task<Response> UpdateEntityAsync<T>(
            T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
            WriteAsync((TableEntity)(ITableEntity)entity, ifMatch);

        private async Task<Response> WriteAsync(TableEntity row, ETag? expected)
        {
            await Task.Yield();
            lock (_lock)
            {
                Calls++;
                var key = (row.PartitionKey, row.RowKey);
                if (expected != (_rows.TryGetValue(key, out var found) ? found.ETag : null))
                {
                    throw new RequestFailedException(expected is null ? 409 : 412, "Not as it was read.");
                }

                var etag = new ETag(Calls.ToString(CultureInfo.InvariantCulture));
                _rows[key] = (new TableEntity(row), etag);
                return new Written(204, etag);
            }
        }
    }

    private sealed class Nothing<T> : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException();

        public override Response GetRawResponse() => new Written(404, null);
    }

    private sealed class Written(int status, ETag? etag) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) =>
            (value = name == "ETag" ? etag?.ToString("H") : null) is not null;

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) =>
            (values = TryGetHeader(name, out var value) ? [value] : null) is not null;
    }
}
