using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.DevHost.Storage;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.LocalKeys;

namespace CitiesOfLearning.DevHost.Settings;

/// <summary>Where one hub keeps everything on this machine: keys, Azurite's files, the mailbox. One hub at a time may use it.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string WayOut =
        "choose another folder and port, for example:\n" +
        "  Local__DataFolder=.data/second Local__Port=7072 dotnet run --project functions/App";

    private static readonly TimeSpan EarlierPatience = TimeSpan.FromSeconds(20);

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream fileLock)
    {
        Path = path;
        _lock = fileLock;
    }

    public string Path { get; }

    public string Mail => System.IO.Path.Combine(Path, "mail");

    public string Storage => System.IO.Path.Combine(Path, "azurite");

    private string StorageProcess => System.IO.Path.Combine(Path, "azurite.pid");

    /// <exception cref="DevHostException">Another hub uses it, or it cannot be written.</exception>
    public static DataFolder Open(string path) => FileProblem.Explained(path, WayOut, () =>
    {
        Directory.CreateDirectory(path);
        var fileLock = UserFolder.TryLockFile(System.IO.Path.Combine(path, "hub.lock"))
            ?? throw new DevHostException($"Another hub is running with the data folder {path}.\nStop it first, or {WayOut}");
        try
        {
            // Shows a full disk now, and not when somebody waits for a badge.
            fileLock.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString("D10", CultureInfo.InvariantCulture)));
            fileLock.Flush();
            return new DataFolder(path, fileLock);
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    });

    /// <summary>32 random bytes in base64, drawn on the first run and the same ever after.</summary>
    public string Key(string name) => Explained(() =>
    {
        var file = System.IO.Path.Combine(Path, "keys", name + ".key");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            AtomicFile.Write(file, Encoding.ASCII.GetBytes(key), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        // Another in its place would read nothing of what is stored.
        return File.ReadAllText(file).Trim() is var kept && HubOptionsValidator.IsKey(kept) ? kept : throw new DevHostException(
            $"{file} is not 32 bytes in base64, and without the key that it held nobody's name can be read.\n" +
            $"Bring it back from a copy; or throw all of {Path} away and start again; or {WayOut}");
    });

    /// <summary>Writes something into it, and says what to do where that is refused.</summary>
    public T Explained<T>(Func<T> write) => FileProblem.Explained(Path, WayOut, write);

    /// <summary>
    /// Waits for the Azurite of a hub that was killed: it saves its state and ends by itself, and two must not share the files.
    /// </summary>
    public void WaitForEarlierStorage(Action<string> say, CancellationToken cancellationToken)
    {
        if (!File.Exists(StorageProcess) || EarlierStorage() is not { } earlier)
        {
            return;
        }

        using (earlier)
        {
            say("Waiting for the storage emulator of the last run to finish…");
            var began = Stopwatch.GetTimestamp();
            while (!earlier.WaitForExit(TimeSpan.FromMilliseconds(100)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Stopwatch.GetElapsedTime(began) < EarlierPatience)
                {
                    continue;
                }

                throw new DevHostException(
                    $"The storage emulator of an earlier run still uses {Storage}. End process {earlier.Id} and start again.");
            }
        }
    }

    public void StorageStarted(int processId) => Explained(() =>
    {
        File.WriteAllText(StorageProcess, processId.ToString(CultureInfo.InvariantCulture));
        return true;
    });

    public void StorageStopped()
    {
        try
        {
            File.Delete(StorageProcess);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has thrown the whole folder away meanwhile.
        }
    }

    public void Dispose() => _lock.Dispose();

    // The number in the note may be another process's by now.
    private Process? EarlierStorage()
    {
        if (!int.TryParse(File.ReadAllText(StorageProcess), CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        try
        {
            var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime() <= File.GetLastWriteTimeUtc(StorageProcess).AddSeconds(1) && Azurite.Is(process)
                ? process
                : null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException)
        {
            return null;
        }
    }
}
