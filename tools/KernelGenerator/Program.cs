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

foreach (TileSet set in TileSet.All)
{
    string path = Path.Combine(root.FullName, "src", "MedTune.Tensors", "Products", set.FileName);
    File.WriteAllText(path, TileTemplate.Render(set));
    Console.WriteLine(Path.GetRelativePath(root.FullName, path));
}

return 0;
