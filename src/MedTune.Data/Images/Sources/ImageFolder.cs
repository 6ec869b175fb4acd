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
        bool isDivided = folders.Length > 0 && folders.All(folder => PartName.Of(Path.GetFileName(folder)) is not null);
        var classFolders = isDivided
            ? folders.SelectMany(part => Folders(part).Select(folder => (Folder: folder, Part: PartName.Of(Path.GetFileName(part)))))
            : folders.Select(folder => (Folder: folder, Part: (string?)null));
        var files = new List<(string File, bool IsDicom, string Class, string? Part)>();
        int others = 0;
        foreach (var (folder, part) in classFolders)
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", Everything))
            {
                if (files.Count + others >= MostFiles)
                {
                    throw new DataException($"{path}: holds more than {MostFiles} files: give a part of it, or a manifest.");
                }

                byte[] start = Start(file);
                bool isDicom = PictureFiles.IsDicom(file, start);
                if (isDicom || PictureReader.IsPicture(PictureSignature.Of(start)))
                {
                    files.Add((file, isDicom, Path.GetFileName(folder), part));
                }
                else
                {
                    others++;
                }
            }
        }

        if (files.Count == 0)
        {
            throw new DataException(
                $"{path}: holds no pictures in folders: expected one folder of pictures for each class, a file manifest.csv (path,label), or folders train, val and test with these.");
        }

        var classes = ImageClasses.Ordered(files.Select(file => file.Class), options.Positive, path);
        var pseudonyms = options.Pseudonyms ?? Pseudonyms.Passing();
        var samples = files
            .OrderBy(file => Relative(path, file.File), StringComparer.Ordinal)
            .SelectMany(file =>
            {
                var sample = new ImageSample(Relative(path, file.File), [classes.IndexOf(file.Class)], Part: file.Part) { Place = new PicturePlace(file.File, 0) };
                return file.IsDicom ? DicomSamples.Of(file.File, sample, pseudonyms) : [sample];
            })
            .ToImmutableArray();
        return new ImageSet(path, classes, false, samples, Passed(others), PictureFiles.Read);
    }

    /// <summary>Every file below a folder.</summary>
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

    private static string[] Folders(string path) =>
        [.. Directory.EnumerateDirectories(path).Where(folder => !Path.GetFileName(folder).StartsWith('.')).Order(StringComparer.Ordinal)];

    /// <summary>A path within the folder.</summary>
    public static string Relative(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    /// <summary>The bytes that tell what a file is.</summary>
    public static byte[] Start(string file)
    {
        using var stream = File.OpenRead(file);
        byte[] start = new byte[PictureSignature.Length];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..length];
    }
}
