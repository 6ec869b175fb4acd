using MedTune.Data;

namespace MedTune.Cli.Options;

/// <summary>The sample data that ships with MedTune: beside the program, or in the repository it was built in.</summary>
internal static class SampleData
{
    private static readonly string Place = Path.Combine("samples", "data");

    /// <exception cref="DataException">It is not there.</exception>
    public static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string samples = Path.Combine(folder.FullName, Place);
            if (File.Exists(Path.Combine(samples, "rotterdam.csv")))
            {
                return samples;
            }
        }

        throw new DataException($"The sample data (a folder '{Place}') is not beside the program; run ./medtune from a copy of the repository.");
    }
}
