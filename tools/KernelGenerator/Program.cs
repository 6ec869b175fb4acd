using MedTune.KernelGenerator;

// Run from anywhere inside the repository: dotnet run --project tools/KernelGenerator
DirectoryInfo? root = new(Directory.GetCurrentDirectory());
while (root is not null && !File.Exists(Path.Combine(root.FullName, "MedTune.slnx")))
{
    root = root.Parent;
}

if (root is null)
{
    Console.Error.WriteLine("MedTune.slnx was not found above the current folder; run this inside the repository.");
    return 1;
}

string kernels = Path.Combine(root.FullName, "src", "MedTune.Tensors");
foreach (TileSet set in TileSet.All)
{
    Write(Path.Combine(kernels, "Products", set.FileName), TileTemplate.Render(set));
}

foreach (ConvolutionTileSet set in ConvolutionTileSet.All)
{
    Write(Path.Combine(kernels, "Convolutions", set.FileName), ConvolutionTemplate.Render(set));
}

return 0;

void Write(string path, string text)
{
    File.WriteAllText(path, text);
    Console.WriteLine(Path.GetRelativePath(root.FullName, path));
}
