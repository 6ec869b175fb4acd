using MedTune.KernelGenerator;

namespace MedTune.Tests.Tensors;

public sealed class GeneratedTilesTests
{
    public static TheoryData<string> FileNames => [.. Texts.Keys];

    private static Dictionary<string, Func<string>> Texts { get; } = TileSet.All
        .Select(set => (Name: "Products/" + set.FileName, Text: (Func<string>)(() => TileTemplate.Render(set))))
        .Concat(ConvolutionTileSet.All.Select(set => (Name: "Convolutions/" + set.FileName, Text: (Func<string>)(() => ConvolutionTemplate.Render(set)))))
        .ToDictionary(file => file.Name, file => file.Text, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(FileNames))]
    public void CheckedInFile_ComparedWithTheGenerator_IsItsOutput(string fileName)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MedTune.slnx")))
        {
            root = root.Parent;
        }

        string path = Path.Combine(root!.FullName, "src", "MedTune.Tensors", fileName);
        string expected = Texts[fileName]();
        Assert.True(expected == File.ReadAllText(path), $"{fileName} is not what tools/KernelGenerator writes: run dotnet run --project tools/KernelGenerator.");
    }
}
