using System.Xml.Linq;

namespace MedTune.Tests.House;

/// <summary>What one <c>.csproj</c> asks for.</summary>
internal sealed record ProjectFile(string Path, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Read)];

    public static ProjectFile Read(string path) => Parse(path, Repository.Read(path));

    public static ProjectFile Parse(string path, string text)
    {
        XDocument document = XDocument.Parse(text);
        string[] Included(string element) =>
            [.. document.Descendants(element).Select(reference => (string?)reference.Attribute("Include") ?? "").Order(StringComparer.Ordinal)];

        return new ProjectFile(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Included("ProjectReference").Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))],
            Included("PackageReference"));
    }
}
