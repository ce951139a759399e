namespace CitiesOfLearning.DevHost;

/// <summary>What every hub of this user on this machine shares: where Azurite is, and which ports are taken.</summary>
internal static class UserFolder
{
    /// <summary>Private to the user, because what lies here is run: a shared temporary folder would let others plant it.</summary>
    public static string Path { get; } = Create();

    /// <summary>Holds a named lock between processes until disposed (or the process ends, however), or null if another holds it.</summary>
    public static FileStream? TryLock(string name) => TryLockFile(System.IO.Path.Combine(Path, name + ".lock"), FileOptions.DeleteOnClose);

    public static FileStream? TryLockFile(string file, FileOptions options)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, options);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Create()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var path = home.Length > 0
            ? System.IO.Path.Combine(home, "cities-of-learning")
            : System.IO.Path.Combine(System.IO.Path.GetTempPath(), "cities-of-learning-" + Environment.UserName);
        Directory.CreateDirectory(path);
        return path;
    }
}
