namespace CitiesOfLearning.DevHost.Settings;

/// <summary>What a file system says, told apart: error numbers of Linux and macOS, and HRESULTs of Windows.</summary>
internal static class FileProblem
{
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int NoSpace = 28;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);

    /// <summary>Whether another process holds the file.</summary>
    public static bool IsHeld(IOException e) => e.HResult is WouldBlockLinux or WouldBlockMac or SharingViolation or LockViolation;

    public static bool IsFull(Exception e) => e is IOException { HResult: NoSpace or QuotaLinux or QuotaMac or HandleDiskFull or DiskFull };

    /// <summary>Does it, and turns what the file system refuses into a sentence with a way out.</summary>
    public static T Explained<T>(string folder, string wayOut, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DevHostException(IsFull(e)
                ? $"The disk is full: {folder} cannot be written. Make room and start again, or {wayOut}"
                : $"{folder} cannot be written: {e.Message}\nMake it writable, or {wayOut}");
        }
    }
}
