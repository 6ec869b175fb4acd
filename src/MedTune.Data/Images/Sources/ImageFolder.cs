using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>A folder with one folder of pictures for each class; above them there may be folders of parts (<c>train</c>, <c>val</c>, <c>test</c>).</summary>
internal static class ImageFolder
{
    private const int MostFiles = 5_000_000;

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">There are no pictures in folders, or only one class.</exception>
    public static ImageSet Open(string path, ImageSetOptions options)
    {
        var folders = Folders(path);
        var classFolders = IsDivided(path)
            ? folders.SelectMany(part => Folders(part).Select(folder => (Folder: folder, Part: PartName.Of(Path.GetFileName(part)))))
            : folders.Select(folder => (Folder: folder, Part: (string?)null));
        var files = new List<(string File, PictureFileKind Kind, string Class, string? Part)>();
        int others = 0;
        foreach (var (folder, part) in classFolders)
        {
            foreach (string file in Files(folder))
            {
                var kind = PictureFiles.KindOf(file);
                if (kind == PictureFileKind.None)
                {
                    others++;
                }
                else
                {
                    files.Add((file, kind, Path.GetFileName(folder), part));
                }
            }
        }

        Check(path, options, files.ConvertAll(file => (file.Kind, file.Class)));
        var classes = ImageClasses.Ordered(files.Select(file => file.Class), options.Positive, path);
        var made = new SampleFiles(options);
        var samples = ImmutableArray.CreateBuilder<ImageSample>();
        foreach (var file in files.OrderBy(file => Relative(path, file.File), StringComparer.Ordinal))
        {
            var sample = new ImageSample(Relative(path, file.File), [classes.IndexOf(file.Class)], Part: file.Part);
            int before = samples.Count;
            samples.AddRange(made.Of(file.File, file.Kind, sample, "", path).Select(found => found.Sample));
            others += samples.Count == before ? 1 : 0;
        }

        return new ImageSet(path, classes, false, samples.ToImmutable(), [.. Passed(others), .. made.Findings()], new PictureFiles().Read);
    }

    /// <summary>Whether the folders below are those of parts.</summary>
    public static bool IsDivided(string path) => Folders(path) is { Length: > 0 } folders && folders.All(folder => PartName.Of(Path.GetFileName(folder)) is not null);

    /// <summary>Every file below a folder, in an order that does not depend on the file system.</summary>
    /// <exception cref="DataException">There are too many.</exception>
    public static string[] Files(string path)
    {
        string[] files = [.. Directory.EnumerateFiles(path, "*", Everything).Take(MostFiles + 1).OrderBy(file => Relative(path, file), StringComparer.Ordinal)];
        return files.Length <= MostFiles ? files : throw new DataException($"{path}: holds more than {MostFiles} files: give a part of it, or a manifest.");
    }

    /// <summary>Every file below a folder, as it comes.</summary>
    public static EnumerationOptions Everything => new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 16,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint, // links could lead round in circles
    };

    /// <summary>What is told of files that are no pictures.</summary>
    public static ImmutableArray<Finding> Passed(int others) => others == 0
        ? []
        : [new Finding(ImageFindingCodes.OtherFiles, FindingSeverity.Note, null, others, $"{Counted.Of(others, "file is", "files are")} no picture.", "Passed over.")];

    /// <summary>A path within the folder.</summary>
    public static string Relative(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    // Folders of an archive of studies are no classes: whoever names something else as the label, or has one folder only, is told what DICOM headers offer.
    private static void Check(string path, ImageSetOptions options, List<(PictureFileKind Kind, string Class)> files)
    {
        bool isDicom = files.Count > 0 ? files.TrueForAll(file => file.Kind == PictureFileKind.Dicom) : DicomFolder.IsAt(path);
        if (isDicom && options.Target is { Length: > 0 } target)
        {
            throw DicomLabel.Refused(path, target);
        }

        if (isDicom)
        {
            DicomFolder.CheckGroups(path, options);
        }

        if (isDicom && files.Select(file => file.Class).Distinct(StringComparer.Ordinal).Count() < 2)
        {
            throw DicomFolder.Asked(path);
        }

        if (files.Count == 0)
        {
            throw new DataException(
                $"{path}: holds no pictures in folders: expected one folder of pictures for each class, a file manifest.csv (path,label), or folders train, val and test with these.");
        }
    }

    private static string[] Folders(string path) =>
        [.. Directory.EnumerateDirectories(path).Where(folder => !Path.GetFileName(folder).StartsWith('.')).Order(StringComparer.Ordinal)];
}
