using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>A folder of DICOM files, however deep they lie in it (perhaps below <c>train</c>, <c>val</c> and <c>test</c>), whose label is an attribute of their headers.</summary>
internal static class DicomFolder
{
    private const int MostValues = 30;
    private const int ShownValues = 5;

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">The attribute has fewer than two values in the files.</exception>
    public static ImageSet Open(string path, DicomLabel label, ImageSetOptions options)
    {
        CheckGroups(path, options);
        var made = new SampleFiles(options, label);
        var (found, others) = Samples(path, made);
        var classes = ImageClasses.Labels(found.Select(pair => pair.Label).OfType<string>(), options, $"{path}, attribute {label.Keyword}");
        return new ImageSet(
            path,
            classes.Names,
            false,
            [.. found.Select(pair => pair.Label is { } value ? pair.Sample with { Labels = [classes.Of(value)] } : pair.Sample)],
            [.. ImageFolder.Passed(others), .. made.Findings()],
            new PictureFiles().Read)
        {
            Target = label.Keyword,
        };
    }

    /// <summary>Whether there is any DICOM file below a folder.</summary>
    public static bool IsAt(string path) => Directory.EnumerateFiles(path, "*", ImageFolder.Everything).Any(file => PictureFiles.KindOf(file) == PictureFileKind.Dicom);

    /// <summary>Which attributes could be the label, by what the files hold.</summary>
    public static DataException Asked(string path)
    {
        var values = DicomLabel.All.Select(_ => new SortedDictionary<string, int>(StringComparer.Ordinal)).ToArray();
        var made = new SampleFiles(new ImageSetOptions());
        foreach (string file in ImageFolder.Files(path).Where(file => PictureFiles.KindOf(file) == PictureFileKind.Dicom))
        {
            foreach (var (own, value) in values.Zip(made.LabelsOf(file)))
            {
                if (value is not null)
                {
                    own[value] = own.GetValueOrDefault(value) + 1;
                }
            }
        }

        string[] offers = [.. DicomLabel.All.Zip(values).Where(pair => pair.Second.Count is >= 2 and <= MostValues).Select(pair => $"{pair.First.Keyword} ({Shown(pair.Second)})")];
        return new DataException(offers.Length > 0
            ? $"{path}: holds DICOM files and no folder for each class; say with --target which attribute of their headers is the label: {string.Join("; ", offers)}. Or give a manifest.csv (path,label)."
            : $"{path}: holds DICOM files and no folder for each class, and no attribute that could be a label ({DicomLabel.Names}) has two values in them: make a folder for each class, or a manifest.csv (path,label).");

        static string Shown(SortedDictionary<string, int> counts) =>
            string.Join(", ", counts.Take(ShownValues).Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key} {value.Value}"))) + (counts.Count > ShownValues ? ", ..." : "");
    }

    /// <summary>Refuses attributes that say neither patient nor place.</summary>
    /// <exception cref="DataException">There is one.</exception>
    public static void CheckGroups(string path, ImageSetOptions options)
    {
        if (!SampleFiles.IsPatient(options.Patient))
        {
            throw new DataException($"{path}: --patient '{options.Patient}' is none of PatientID, StudyInstanceUID and SeriesInstanceUID, which tell DICOM files of one patient.");
        }

        if (!SampleFiles.IsSite(options.Site))
        {
            throw new DataException($"{path}: --site '{options.Site}' is none of InstitutionName, StationName, Manufacturer and ManufacturerModelName, which tell where a DICOM file is from.");
        }
    }

    private static (List<(ImageSample Sample, string? Label)> Found, int Others) Samples(string path, SampleFiles made)
    {
        var found = new List<(ImageSample, string?)>();
        int others = 0;
        bool isDivided = ImageFolder.IsDivided(path);
        foreach (string file in ImageFolder.Files(path))
        {
            int before = found.Count;
            if (PictureFiles.KindOf(file) == PictureFileKind.Dicom)
            {
                string name = ImageFolder.Relative(path, file);
                var sample = new ImageSample(name, [], Part: isDivided ? PartName.Of(name.Split('/')[0]) : null);
                found.AddRange(made.Of(file, PictureFileKind.Dicom, sample, "", path));
            }

            others += found.Count == before ? 1 : 0;
        }

        return (found, others);
    }
}
