using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Pictures without labels: a file, or every picture below a folder.</summary>
internal static class UnlabelledPictures
{
    /// <summary>Opens them.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static ImageSet Open(string path)
    {
        bool isFolder = Directory.Exists(path);
        string root = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        string[] files = isFolder ? [.. Directory.EnumerateFiles(path, "*", ImageFolder.Everything).OrderBy(file => ImageFolder.Relative(path, file), StringComparer.Ordinal)] : [path];
        var samples = ImmutableArray.CreateBuilder<ImageSample>();
        int others = 0;
        var pseudonyms = Pseudonyms.Passing();
        foreach (string file in files)
        {
            byte[] start = ImageFolder.Start(file);
            var sample = new ImageSample(ImageFolder.Relative(root, file), []) { Place = new PicturePlace(file, 0) };
            if (PictureFiles.IsDicom(file, start))
            {
                samples.AddRange(DicomSamples.Of(file, sample, pseudonyms));
            }
            else if (PictureReader.IsPicture(PictureSignature.Of(start)))
            {
                samples.Add(sample);
            }
            else
            {
                others++;
            }
        }

        return samples.Count > 0
            ? new ImageSet(path, [], false, samples.ToImmutable(), ImageFolder.Passed(others), PictureFiles.Read)
            : throw new DataException($"{path}: holds no pictures: expected PNG, JPEG, TIFF, WebP, JPEG 2000 or DICOM.");
    }
}
