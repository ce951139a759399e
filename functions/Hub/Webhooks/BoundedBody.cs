namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>Reads a request's body without trusting what it says about its length.</summary>
public static class BoundedBody
{
    /// <summary>The whole body, or null if it is longer than <paramref name="most"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(Stream body, long? contentLength, int max, CancellationToken cancellationToken)
    {
        if (contentLength > max)
        {
            return null;
        }

        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > max)
            {
                return null;
            }

            await whole.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return whole.ToArray();
    }
}
