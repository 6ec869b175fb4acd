namespace MedTune;

/// <summary>Where MedTune keeps what belongs to the user and to no run: the ledger of openings, features of pictures.</summary>
internal static class UserFolder
{
    /// <summary><c>medtune</c> in the user's data folder, or where the variable MEDTUNE_DATA says.</summary>
    public static string Path => Environment.GetEnvironmentVariable("MEDTUNE_DATA") is { Length: > 0 } named
        ? named
        : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "medtune");
}
