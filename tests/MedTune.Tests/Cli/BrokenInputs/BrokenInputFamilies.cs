namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>All families of broken inputs, written out; each is one file.</summary>
internal static class BrokenInputFamilies
{
    public static IReadOnlyList<(string Name, IReadOnlyList<BrokenInput> Cases)> All { get; } =
    [
        ("Compressed tables", CompressedTables.All),
        ("Files that are no tables", OtherFiles.All),
        ("Encodings", Encodings.All),
        ("Shapes of tables", TableShapes.All),
        ("Values", TableValues.All),
        ("Injection", Injections.All),
        ("Targets", Targets.All),
        ("Columns and options", OptionValues.All),
        ("Folds", FoldFiles.All),
        ("Model files", ModelFiles.All),
        ("Plans", Plans.All),
        ("Places to write to", OutputPlaces.All),
        ("Run folders", RunFolders.All),
    ];
}
