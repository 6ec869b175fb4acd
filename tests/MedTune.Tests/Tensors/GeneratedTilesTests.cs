using MedTune.KernelGenerator;

namespace MedTune.Tests.Tensors;

public sealed class GeneratedTilesTests
{
    public static TheoryData<string> FileNames => [.. TileSet.All.Select(set => set.FileName)];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void CheckedInFile_ComparedWithTheGenerator_IsItsOutput(string fileName)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MedTune.slnx")))
        {
            root = root.Parent;
        }

        string path = Path.Combine(root!.FullName, "src", "MedTune.Tensors", "Products", fileName);
        string expected = TileTemplate.Render(TileSet.All.Single(set => set.FileName == fileName));
        Assert.True(expected == File.ReadAllText(path), $"{fileName} is not what tools/KernelGenerator writes: run dotnet run --project tools/KernelGenerator.");
    }
}
