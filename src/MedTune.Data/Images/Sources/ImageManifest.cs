using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>A table that names the pictures: columns <c>path</c> (relative to the table), <c>label</c>, and optionally <c>patient_id</c>, <c>site</c> and <c>split</c>.</summary>
internal static class ImageManifest
{
    /// <summary>The name under which a folder's manifest is found.</summary>
    public const string UsualName = "manifest.csv";

    private const string PathColumn = "path";
    private const int LongestHeader = 1 << 16;
    private static readonly ImmutableArray<string> Separators = [";", "|"];

    /// <summary>Whether a text file is a table whose first row names, in a column <c>path</c>, a file beside it.</summary>
    public static bool IsAt(string path)
    {
        using (var reader = new StreamReader(path))
        {
            char[] start = new char[LongestHeader];
            string header = new string(start, 0, reader.ReadBlock(start)).Split('\n')[0];
            if (!header.Split([',', ';', '\t', '|']).Any(name => name.Trim(' ', '"', '\r', '\uFEFF') == PathColumn))
            {
                return false;
            }
        }

        var table = TableReader.Read(path);
        string first = table.Find(PathColumn) is { Count: > 0 } paths ? paths[0] : "";
        return first.Length > 0 && File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", first.Replace('\\', '/')));
    }

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">A column is missing, a path leaves the table's folder, or a part has an unknown name.</exception>
    public static ImageSet Open(string path, ImageSetOptions options)
    {
        var table = TableReader.Read(path);
        if (table.Find(PathColumn) is not { } paths)
        {
            throw new DataException($"{path}: is no manifest of pictures, because it has no column path: expected the columns path and label, perhaps patient_id, site and split.");
        }

        var labels = table.Find(options.Target ?? "label")
            ?? throw new DataException($"{path}: has no column {options.Target ?? "label"}; say with --target which column holds the labels ({string.Join(", ", table.ColumnNames.Take(20))}).");
        var (patients, sites) = (Chosen(table, options.Patient, "patient_id"), Chosen(table, options.Site, "site"));
        var parts = table.Find("split");
        string[][] names = [.. Enumerable.Range(0, table.RowCount).Select(row => Names(labels[row]))];
        bool hasSeveral = !options.Findings.IsEmpty || names.Any(row => row.Length > 1);
        var classes = options.Findings.IsEmpty
            ? ImageClasses.Ordered(names.SelectMany(row => row), options.Positive, path)
            : [.. names.SelectMany(row => row).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var pseudonyms = options.Pseudonyms ?? Pseudonyms.Passing();
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        var samples = ImmutableArray.CreateBuilder<ImageSample>(table.RowCount);
        for (int row = 0; row < table.RowCount; row++)
        {
            samples.Add(new ImageSample(
                paths[row],
                hasSeveral ? [.. classes.Select(name => names[row].Contains(name, StringComparer.Ordinal) ? 1 : 0)] : names[row].Length == 0 ? [] : [classes.IndexOf(names[row][0])],
                Pseudonym(pseudonyms, "patient", patients, row),
                Pseudonym(pseudonyms, "site", sites, row),
                parts is null ? null : Part(parts[row], path, row))
            {
                Place = new PicturePlace(Inside(folder, paths[row], path, row), 0),
            });
        }

        return new ImageSet(path, classes, hasSeveral, samples.MoveToImmutable(), table.Findings, PictureFiles.Read) { Target = labels.Name };
    }

    /// <summary>The pictures of a manifest without their labels.</summary>
    /// <exception cref="DataException">The column of paths is missing, or a path leaves the table's folder.</exception>
    public static ImageSet OpenUnlabelled(string path)
    {
        var table = TableReader.Read(path);
        var paths = table.Find(PathColumn) ?? throw new DataException($"{path}: is no manifest of pictures, because it has no column path.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        return new ImageSet(
            path,
            [],
            false,
            [.. Enumerable.Range(0, table.RowCount).Select(row => new ImageSample(paths[row], []) { Place = new PicturePlace(Inside(folder, paths[row], path, row), 0) })],
            table.Findings,
            PictureFiles.Read);
    }

    private static TableColumn? Chosen(Table table, string? named, string usual) => named is null ? table.Find(usual) : table[named];

    private static string[] Names(string label) =>
        label.Split([.. Separators], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Pseudonym(Pseudonyms pseudonyms, string kind, TableColumn? column, int row) =>
        column is null || column[row].Length == 0 ? null : pseudonyms.Of(kind, column[row]);

    private static string? Part(string word, string path, int row) => word.Length == 0
        ? null
        : PartName.Of(word) ?? throw new DataException($"{path}: row {row + 1} has an unknown word in the column split: expected train, val or test.");

    private static string Inside(string folder, string picture, string path, int row)
    {
        string full = Path.GetFullPath(Path.Combine(folder, picture.Replace('\\', '/')));
        return picture.Length > 0 && full.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new DataException($"{path}: row {row + 1} has a path that is empty or leads out of the manifest's folder: put the pictures beside or below the manifest.");
    }
}
