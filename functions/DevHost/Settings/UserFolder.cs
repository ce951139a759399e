namespace CitiesOfLearning.DevHost.Settings;

/// <summary>What every hub of this user on this machine shares: where Azurite is, and which ports are taken.</summary>
internal static class UserFolder
{
    private static readonly Lazy<string> Folder = new(Create, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Private to the user, because what lies here is run: a shared temporary folder would let others plant it.</summary>
    public static string Path => Folder.Value;

    /// <summary>Holds a named lock between processes until disposed (or the process ends, however), or null if another holds it.</summary>
    public static FileStream? TryLock(string name) => Explained(() => TryLockFile(System.IO.Path.Combine(Path, name + ".lock")));

    /// <summary>
    /// The file stays: whoever deleted it could take it from under somebody who has just opened it, and two would hold the lock.
    /// </summary>
    public static FileStream? TryLockFile(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e) when (FileProblem.IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Says what to do where the folder cannot be written.</summary>
    public static T Explained<T>(Func<T> action) =>
        FileProblem.Explained(Named(), "set XDG_DATA_HOME to a folder that is (on Linux).", action);

    private static string Create()
    {
        var path = Named();
        return Explained(() => Directory.CreateDirectory(path).FullName);
    }

    private static string Named()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? System.IO.Path.Combine(home, "cities-of-learning")
            : System.IO.Path.Combine(System.IO.Path.GetTempPath(), "cities-of-learning-" + Environment.UserName);
    }
}
