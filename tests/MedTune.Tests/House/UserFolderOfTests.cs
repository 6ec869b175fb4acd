using System.Runtime.CompilerServices;

namespace MedTune.Tests.House;

/// <summary>Openings of sealed parts and features of pictures that tests leave are not those of the person who runs the tests.</summary>
internal static class UserFolderOfTests
{
    private const string Variable = "MEDTUNE_DATA";

    [ModuleInitializer]
    internal static void Choose()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            Environment.SetEnvironmentVariable(Variable, Path.Combine(Path.GetTempPath(), "medtune-tests"));
        }
    }
}
