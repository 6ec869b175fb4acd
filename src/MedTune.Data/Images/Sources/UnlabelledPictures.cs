using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Pictures without labels: a file, or every picture below a folder.</summary>
internal static class UnlabelledPictures
{
    /// <summary>Opens them.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static ImageSet Open(string path, ImageSetOptions options)
    {
        bool isFolder = Directory.Exists(path);
        string root = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        var files = new SampleFiles(options with { Patient = null, Site = null });
        var samples = ImmutableArray.CreateBuilder<ImageSample>();
        int others = 0;
        foreach (string file in isFolder ? ImageFolder.Files(path) : [path])
        {
            var kind = PictureFiles.KindOf(file);
            var own = kind == PictureFileKind.None ? [] : files.Of(file, kind, new ImageSample(ImageFolder.Relative(root, file), []), "", path).Select(found => found.Sample).ToList();
            samples.AddRange(own);
            others += own.Count == 0 ? 1 : 0;
        }

        return samples.Count > 0
            ? new ImageSet(path, [], false, samples.ToImmutable(), [.. ImageFolder.Passed(others), .. files.Findings()], new PictureFiles().Read)
            : throw new DataException($"{path}: holds no pictures: expected PNG, JPEG, TIFF, WebP, JPEG 2000, DICOM or NIfTI.");
    }
}
