using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>A table that names the pictures: columns <c>path</c> (relative to the table), <c>label</c>, and optionally <c>patient_id</c>, <c>site</c>, <c>split</c>, and
/// <c>slice</c> (of a volume or a file of several frames: one number from 1, or two with a hyphen between them).</summary>
internal static class ImageManifest
{
    /// <summary>The name under which a folder's manifest is found.</summary>
    public const string UsualName = "manifest.csv";

    private const string PathColumn = "path";
    private const string Label = "label";
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

        var attribute = table.Find(options.Target ?? Label) is null ? DicomLabel.Find(options.Target) : null;
        var labels = attribute is not null ? null : table.Find(options.Target ?? Label)
            ?? throw new DataException($"{path}: has no column {options.Target ?? Label}; say with --target which column holds the labels ({string.Join(", ", table.ColumnNames.Take(20))}).");
        var (patients, sites) = (Chosen(table, options.Patient, "patient_id", SampleFiles.IsPatient), Chosen(table, options.Site, "site", SampleFiles.IsSite));
        var parts = table.Find("split");
        options = options with { Pseudonyms = options.Pseudonyms ?? Pseudonyms.Passing(), Patient = patients is null ? options.Patient : null, Site = sites is null ? options.Site : null };
        var made = new SampleFiles(options, attribute);
        var found = Files(table, paths, path, made, row => new ImageSample(
            paths[row],
            [],
            Pseudonym(options.Pseudonyms, KeyedHash.Patient, patients, row),
            Pseudonym(options.Pseudonyms, "site", sites, row),
            parts is null ? null : Part(parts[row], path, row)));
        string[][] names = [.. found.Select(pair => labels is not null ? Names(labels[pair.Row]) : pair.Label is { } value ? [value] : [])];
        bool hasSeveral = !options.Findings.IsEmpty || names.Any(own => own.Length > 1);
        var classes = attribute is null && !options.Findings.IsEmpty
            ? new ImageClasses([.. names.SelectMany(own => own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], false)
            : attribute is null
            ? new ImageClasses(ImageClasses.Ordered(names.SelectMany(own => own), options.Positive, path), false)
            : ImageClasses.Labels(names.SelectMany(own => own), options, path);
        var samples = found.Select((pair, i) => pair.Sample with
        {
            Labels = hasSeveral ? [.. classes.Names.Select(name => names[i].Contains(name, StringComparer.Ordinal) ? 1 : 0)] : [.. names[i].Select(classes.Of)],
        });
        return new ImageSet(path, classes.Names, hasSeveral, [.. samples], [.. table.Findings, .. made.Findings()], new PictureFiles().Read) { Target = labels?.Name ?? attribute!.Keyword };
    }

    /// <summary>The pictures of a manifest without their labels.</summary>
    /// <exception cref="DataException">The column of paths is missing, or a path leads out of the table's folder.</exception>
    public static ImageSet OpenUnlabelled(string path, ImageSetOptions options)
    {
        var table = TableReader.Read(path);
        var paths = table.Find(PathColumn) ?? throw new DataException($"{path}: is no manifest of pictures, because it has no column path.");
        var made = new SampleFiles(options with { Patient = null, Site = null });
        var samples = Files(table, paths, path, made, row => new ImageSample(paths[row], [])).Select(pair => pair.Sample);
        return new ImageSet(path, [], false, [.. samples], table.Findings, new PictureFiles().Read);
    }

    // Every row's pictures; a file that is not there is one picture that cannot be read.
    private static List<(int Row, ImageSample Sample, string? Label)> Files(Table table, TableColumn paths, string path, SampleFiles made, Func<int, ImageSample> sampleOf)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        var slices = table.Find("slice");
        var found = new List<(int, ImageSample, string?)>(table.RowCount);
        for (int row = 0; row < table.RowCount; row++)
        {
            string file = Inside(folder, paths[row], path, row);
            var sample = sampleOf(row) with { Place = new PicturePlace(file, 0) };
            int before = found.Count;
            if (File.Exists(file))
            {
                string where = $"{path}: row {row + 1}";
                found.AddRange(made.Of(file, PictureFiles.KindOf(file), sample, slices?[row].Trim() ?? "", where).Select(pair => (row, pair.Sample, pair.Label)));
            }

            if (found.Count == before)
            {
                found.Add((row, sample, null));
            }
        }

        return found;
    }

    private static TableColumn? Chosen(Table table, string? named, string usual, Func<string, bool> isOfHeaders) =>
        named is null ? table.Find(usual) : table.Find(named) ?? (isOfHeaders(named) ? null : table[named]);

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
