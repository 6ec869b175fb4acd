using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Pictures with their labels: a folder with one folder for each class, a folder of DICOM files with an attribute of their headers as the label, a manifest
/// (<c>path,label,patient_id,split</c>), or a MedMNIST archive.</summary>
/// <remarks>Opening decodes no pixels, except those of an archive, which is one file. A DICOM file gives a picture for each frame, a NIfTI volume one for each slice of its middle third.</remarks>
public sealed class ImageSet
{
    private readonly Func<PicturePlace, int, PixelImage> _read;

    internal ImageSet(
        string path,
        ImmutableArray<string> classes,
        bool hasFindings,
        ImmutableArray<ImageSample> samples,
        ImmutableArray<Finding> findings,
        Func<PicturePlace, int, PixelImage> read)
    {
        (Path, Classes, HasSeveralLabels, Samples, Findings, _read) = (path, classes, hasFindings, samples, findings, read);
    }

    /// <summary>The folder, manifest or archive.</summary>
    public string Path { get; }

    /// <summary>Names of the classes; the positive one last where there are two.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>What the labels are called: the manifest's column; <c>label</c> where folders or an archive hold them.</summary>
    public string Target { get; internal init; } = "label";

    /// <summary>How volumes among them are cut into slices; null where there are none.</summary>
    public AnatomicalPlane? Plane => Samples.Select(sample => sample.Place.Plane).FirstOrDefault(plane => plane is not null);

    /// <summary>Whether a picture has a label of its own for each class (several findings at once) rather than one class.</summary>
    public bool HasSeveralLabels { get; }

    /// <summary>The pictures, in an order that does not depend on the file system.</summary>
    public ImmutableArray<ImageSample> Samples { get; }

    /// <summary>What was found and done while opening.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>The attributes of DICOM headers that can be labels.</summary>
    public static ImmutableArray<string> DicomLabels { get; } = [.. DicomLabel.All.Select(label => label.Keyword)];

    /// <summary>Whether a folder lies there whose pictures no manifest names.</summary>
    /// <param name="path">What the user gave.</param>
    public static bool IsFolder(string path) => Directory.Exists(path) && !File.Exists(System.IO.Path.Combine(path, ImageManifest.UsualName));

    /// <summary>Opens a collection; what it is follows from what lies there.</summary>
    /// <remarks>A folder of DICOM files whose headers hold the label needs no manifest: <see cref="ImageSetOptions.Target"/> names the attribute.</remarks>
    /// <param name="path">A folder, a manifest (CSV) or an archive (<c>.npz</c>).</param>
    /// <param name="options">What a person says about it.</param>
    /// <exception cref="DataException">Nothing is there, or it is none of the three forms; the message says what is missing.</exception>
    public static ImageSet Open(string path, ImageSetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new ImageSetOptions();
        var set = OpenAsItIs(path, options);
        return options.Findings.IsEmpty ? set : KnownFindings.Of(set, options.Findings);
    }

    private static ImageSet OpenAsItIs(string path, ImageSetOptions options)
    {
        if (Directory.Exists(path))
        {
            string manifest = System.IO.Path.Combine(path, ImageManifest.UsualName);
            return File.Exists(manifest) ? ImageManifest.Open(manifest, options)
                : DicomLabel.Find(options.Target) is { } label && DicomFolder.IsAt(path) ? DicomFolder.Open(path, label, options)
                : ImageFolder.Open(path, options);
        }

        return Kind(path) switch
        {
            PictureKind.Zip => MedMnistSet.Open(path, options),
            PictureKind.Unknown => ImageManifest.Open(path, options),
            var kind => throw new DataException(
                $"The file '{System.IO.Path.GetFileName(path)}' is a single picture or volume ({kind}), not a set of pictures: give its folder, a manifest (CSV with the columns path and label) or an .npz archive."),
        };
    }

    /// <summary>Opens pictures to ask a model about: one picture, every picture below a folder, a manifest's (only its column <c>path</c> is needed), or an archive's.</summary>
    /// <param name="path">What the user gave.</param>
    /// <param name="options">How volumes are cut; null for axial slices.</param>
    /// <returns>Pictures without labels and classes.</returns>
    /// <exception cref="DataException">There are no pictures.</exception>
    public static ImageSet OpenUnlabelled(string path, ImageSetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new ImageSetOptions();
        if (!Directory.Exists(path) && Kind(path) == PictureKind.Zip)
        {
            var archive = MedMnistSet.Open(path, new ImageSetOptions());
            return new ImageSet(path, [], false, [.. archive.Samples.Select(sample => sample with { Labels = [] })], archive.Findings, archive._read);
        }

        return !Directory.Exists(path) && Kind(path) == PictureKind.Unknown && !path.EndsWith(".dcm", StringComparison.OrdinalIgnoreCase)
            ? ImageManifest.OpenUnlabelled(path, options)
            : UnlabelledPictures.Open(path, options);
    }

    /// <summary>Whether what lies there is pictures rather than a table: a folder, a picture, an archive, or a table whose column <c>path</c> names a file beside it.</summary>
    /// <param name="path">What the user gave.</param>
    public static bool IsAt(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            return true;
        }

        return File.Exists(path) && Kind(path) switch
        {
            PictureKind.Unknown => ImageManifest.IsAt(path),
            PictureKind.Zip => path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase),
            PictureKind.Gzip => path.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase),
            _ => true,
        };
    }

    /// <summary>The same pictures, some with another class.</summary>
    /// <param name="classes">The class by the sample's number.</param>
    public ImageSet Relabelled(IReadOnlyDictionary<int, int> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return With([.. Samples.Select((sample, i) => classes.TryGetValue(i, out int other) ? sample with { Labels = [other] } : sample)], Findings, _read);
    }

    /// <summary>The same pictures without the parts that the data divide themselves into; a finding says so where there were some.</summary>
    public ImageSet WithoutParts()
    {
        int count = Samples.Count(sample => sample.Part is not null);
        return count == 0
            ? this
            : With(
                [.. Samples.Select(sample => sample with { Part = null })],
                Findings.Add(new Finding(
                    ImageFindingCodes.PartsIgnored, FindingSeverity.Note, null, count, "The data say which pictures train, check and test, and folds were given.", "The folds were followed; those parts were not.")),
                _read);
    }

    /// <summary>These pictures to learn from, and others to test on: named <c>test:</c> and their own name.</summary>
    /// <param name="test">The others; of their own parts nothing is taken.</param>
    /// <exception cref="DataException">There is a part to test on already, or the others have another kind of label or a class that is none of these.</exception>
    public ImageSet WithTest(ImageSet test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (Samples.Any(sample => sample.Part == PartName.Test))
        {
            throw new DataException($"{Path}: says itself which pictures are tested on: leave --test out, or judge the finished model on the other pictures with medtune evaluate.");
        }

        if (test.HasSeveralLabels != HasSeveralLabels || test.Classes.FirstOrDefault(name => !Classes.Contains(name, StringComparer.Ordinal)) is not null)
        {
            throw new DataException(
                $"{test.Path}: has the classes {string.Join(", ", test.Classes.Select(name => $"'{name}'"))}; those to learn from are {string.Join(", ", Classes.Select(name => $"'{name}'"))}. Name them alike.");
        }

        var learned = Samples.Select(sample => sample with { Part = sample.Part ?? PartName.Train });
        var tested = test.Samples.Select(sample => sample with
        {
            Name = $"{PartName.Test}:{sample.Name}",
            Labels = HasSeveralLabels ? [.. Classes.Select(name => test.Classes.IndexOf(name)).Select(place => place < 0 ? 0 : sample.Labels[place])] : [.. sample.Labels.Select(label => Classes.IndexOf(test.Classes[label]))],
            Part = PartName.Test,
            Place = sample.Place with { Source = sample.Place.Source + 1 },
        });
        return With(
            [.. learned, .. tested],
            [.. Findings, .. test.Findings],
            (place, side) => place.Source == 0 ? _read(place, side) : test._read(place with { Source = place.Source - 1 }, side));
    }

    /// <summary>The same pictures, some with other findings.</summary>
    /// <param name="labels">A 0 or 1 for each finding, by the sample's number.</param>
    public ImageSet Relabelled(IReadOnlyDictionary<int, ImmutableArray<int>> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return With([.. Samples.Select((sample, i) => labels.TryGetValue(i, out var other) ? sample with { Labels = other } : sample)], Findings, _read);
    }

    /// <summary>The same pictures with some findings, in this order; a picture of one class has the finding of that name, one without a label has none.</summary>
    /// <param name="names">The findings; those that no picture has are allowed.</param>
    /// <param name="findings">What is said of the data beside what was found when opening.</param>
    public ImageSet WithFindings(ImmutableArray<string> names, ImmutableArray<Finding> findings = default)
    {
        int[] places = [.. names.Select(name => Classes.IndexOf(name))];
        return new ImageSet(
            Path,
            names,
            true,
            [.. Samples.Select(sample => sample with { Labels = [.. places.Select(place => Has(sample, place) ? 1 : 0)] })],
            findings.IsDefault ? Findings : [.. Findings, .. findings],
            _read)
        { Target = Target };
    }

    private bool Has(ImageSample sample, int place) =>
        place >= 0 && !sample.Labels.IsEmpty && (HasSeveralLabels ? sample.Labels[place] == 1 : sample.Labels[0] == place);

    /// <summary>Decodes a picture.</summary>
    /// <param name="sample">One of <see cref="Samples"/>.</param>
    /// <param name="smallestSide">Where above 0, a JPEG may be decoded smaller as long as both sides stay at least so long; for training only.</param>
    /// <exception cref="DataException">The picture is damaged or cannot be read.</exception>
    public PixelImage Read(ImageSample sample, int smallestSide = 0)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return _read(sample.Place, smallestSide);
    }

    private ImageSet With(ImmutableArray<ImageSample> samples, ImmutableArray<Finding> findings, Func<PicturePlace, int, PixelImage> read) =>
        new(Path, Classes, HasSeveralLabels, samples, findings, read) { Target = Target };

    private static PictureKind Kind(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            byte[] start = new byte[PictureSignature.Length];
            int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return PictureSignature.Of(start.AsSpan(0, length));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataException($"{path}: cannot be read; check that it is there and that you may read it.", failure);
        }
    }
}
