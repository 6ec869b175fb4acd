using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>Makes samples of files: one of a picture, one of each frame of a DICOM file, and slices of a volume, with what their headers say of patient, place and plane.</summary>
/// <param name="options">What a person says about the collection.</param>
/// <param name="label">The attribute of DICOM headers that is the label; null where labels come from elsewhere.</param>
internal sealed class SampleFiles(ImageSetOptions options, DicomLabel? label = null)
{
    // No scanner makes so many; a damaged header may claim billions.
    private const int MostSlices = 1 << 14;

    private readonly DicomReadOptions _reading = new()
    {
        HashKey = (options.Pseudonyms ?? Pseudonyms.Passing()).Key,
        KeepsDemographics = label?.Keyword is "PatientSex" or "PatientAge",
    };

    private readonly HashSet<string> _patients = new(StringComparer.Ordinal);
    private readonly HashSet<string> _studies = new(StringComparer.Ordinal);
    private int _dicomPatients;
    private int _volumes;
    private int _slices;
    private int _unoriented;
    private int _series;

    /// <summary>The samples of a file, each with the value of the label's attribute.</summary>
    /// <param name="file">The path.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="sample">Name, labels, part, and patient and site where they are known otherwise.</param>
    /// <param name="slices">Which frames or slices, from 1: <c>7</c> or <c>5-20</c>; empty for every frame, and for the middle third of a volume.</param>
    /// <param name="where">How messages name the place that says so.</param>
    /// <returns>Empty for a DICOM file that is no picture by its kind, such as a report.</returns>
    /// <exception cref="DataException">The slices are not there.</exception>
    public IEnumerable<(ImageSample Sample, string? Label)> Of(string file, PictureFileKind kind, ImageSample sample, string slices, string where)
    {
        sample = sample with { Place = new PicturePlace(file, 0) };
        return kind switch
        {
            PictureFileKind.Dicom => OfDicom(file, sample, slices, where),
            PictureFileKind.Volume => OfVolume(file, sample, slices, where).Select(slice => (slice, (string?)null)),
            _ when slices.Length > 0 => throw new DataException($"{where}: names a slice of a file that is neither a volume nor DICOM: leave the column slice empty there."),
            _ => [(sample, null)],
        };
    }

    /// <summary>What a DICOM file says for each of <see cref="DicomLabel.All"/>; nothing where its header cannot be read.</summary>
    public IEnumerable<string?> LabelsOf(string file) =>
        Opened(file, _reading with { KeepsDemographics = true }) is { } dicom ? DicomLabel.All.Select(each => each.Read(dicom, OriginOf(dicom, 0))) : [];

    /// <summary>What was found while making them.</summary>
    public IEnumerable<Finding> Findings()
    {
        if (_dicomPatients > 0)
        {
            yield return new Finding(
                ImageFindingCodes.DicomPatients, FindingSeverity.Note, null, _dicomPatients,
                $"The patients of {Counted.Of(_dicomPatients, "picture")} are told by DICOM headers ({options.Patient ?? "PatientID, or the study where that is empty"}).",
                "Read as pseudonyms under a key; the pictures of a patient stay on one side of every split.");
        }

        if (_patients.Count == 1 && _studies.Count > 1)
        {
            yield return new Finding(
                ImageFindingCodes.DicomOnePatient, FindingSeverity.Warning, null, _studies.Count,
                $"The DICOM headers name one patient for {_studies.Count} studies: perhaps whoever took the names out put the same number everywhere.",
                "All pictures count as one patient's; say --patient StudyInstanceUID where every study is of another one.");
        }

        if (_volumes > 0)
        {
            yield return new Finding(
                ImageFindingCodes.VolumeSlices, FindingSeverity.Note, null, _slices,
                $"{Counted.Of(_volumes, "volume gives", "volumes give")} {Counted.Of(_slices, "slice")}, {PlaneName.Of(options.Plane)} by the orientation in the header"
                    + $"{(_series > 0 ? string.Create(CultureInfo.InvariantCulture, $"; of {_series} that hold several volumes, the first") : "")}.",
                "The middle third of each, unless a column slice says which; all slices of a volume are one patient's.");
        }

        if (_unoriented > 0)
        {
            yield return new Finding(
                ImageFindingCodes.VolumeWithoutOrientation, FindingSeverity.Warning, null, _unoriented,
                $"{Counted.Of(_unoriented, "volume does", "volumes do")} not say where {(_unoriented == 1 ? "its" : "their")} axes point.",
                "Slices were taken across the third axis and left as they lie; look, and take out what is of another plane.");
        }
    }

    private IEnumerable<(ImageSample Sample, string? Label)> OfDicom(string file, ImageSample sample, string slices, string where)
    {
        if (Opened(file, _reading) is not { } dicom)
        {
            return [(sample, null)]; // it cannot be read later either, and is told then
        }

        if (dicom.FrameCount == 0 && !dicom.Findings.Contains(DicomFindingCodes.FloatPixels))
        {
            return [];
        }

        var header = dicom.Header;
        string? patient = DicomPatient(header, options.Patient);
        _dicomPatients += sample.Patient is null && patient is not null ? Math.Max(1, dicom.FrameCount) : 0;
        _patients.Add(sample.Patient ?? patient ?? "");
        _studies.Add(header.StudyHash ?? "");
        sample = sample with { Patient = sample.Patient ?? patient, Site = sample.Site ?? DicomSite(header, options.Site) };
        (int first, int last) = slices.Length > 0 ? Chosen(slices, dicom.FrameCount, where) : (0, Math.Max(0, dicom.FrameCount - 1));
        return Enumerable.Range(first, last - first + 1).Select(frame =>
        {
            var origin = OriginOf(dicom, frame);
            return (Numbered(sample with { Origin = origin }, frame, dicom.FrameCount), label?.Read(dicom, origin));
        });
    }

    private static DicomFile? Opened(string file, DicomReadOptions reading)
    {
        try
        {
            return DicomFile.Open(PictureReader.Bytes(file), file, reading);
        }
        catch (DataException)
        {
            return null;
        }
    }

    private IEnumerable<ImageSample> OfVolume(string file, ImageSample sample, string slices, string where)
    {
        sample = sample with { Patient = sample.Patient ?? VolumePatient(file, sample.Name), Place = sample.Place with { Plane = options.Plane } };
        NiftiHeader header;
        try
        {
            header = NiftiVolume.ReadHeader(file);
        }
        catch (DataException)
        {
            return [sample];
        }

        var cut = NiftiCut.Of(header.Orientation, options.Plane);
        int count = Length(cut.Across);
        if (count > MostSlices)
        {
            return [sample with { Place = sample.Place with { Index = PicturePlace.TooMany } }]; // told when it is read
        }

        (int first, int last) = slices.Length > 0 ? Chosen(slices, count, where) : (count / 3, count - (count / 3) - 1);
        _volumes++;
        _slices += last - first + 1;
        _unoriented += cut.Plane is null ? 1 : 0;
        _series += header.Lengths.Length > 3 && header.Lengths.Skip(3).Any(length => length > 1) ? 1 : 0;
        sample = sample with { Origin = new PictureOrigin { Plane = cut.Plane, Width = Length(cut.Along), Height = Length(cut.Down) } };
        return Enumerable.Range(first, last - first + 1).Select(slice => Numbered(sample, slice, count));

        int Length(int axis) => axis < header.Lengths.Length ? (int)Math.Min(header.Lengths[axis], int.MaxValue) : 1;
    }

    private static ImageSample Numbered(ImageSample sample, int index, int count) => count <= 1
        ? sample
        : sample with { Name = string.Create(CultureInfo.InvariantCulture, $"{sample.Name}#{index + 1}"), Place = sample.Place with { Index = index } };

    private static (int First, int Last) Chosen(string slices, int count, string where)
    {
        string[] ends = slices.Split('-', StringSplitOptions.TrimEntries);
        int last = 0;
        bool isWhole = ends.Length is 1 or 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first) & int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && first >= 1 && first <= last && last <= count;
        return isWhole
            ? (int.Parse(ends[0], CultureInfo.InvariantCulture) - 1, last - 1)
            : throw new DataException($"{where}: asks for slices that are not there: expected a number from 1 to {count}, or two with a hyphen between them.");
    }

    private static PictureOrigin OriginOf(DicomFile file, int frame)
    {
        var header = file.Header;
        return new PictureOrigin
        {
            Study = header.StudyHash,
            Series = header.SeriesHash,
            DicomModality = header.DicomModality,
            Plane = DicomPlane.Of((DicomMacros.Find(file.DataSet, frame, 0x0020_9116) ?? file.DataSet).Decimals(0x0020_0037)),
            ViewPosition = header.ViewPosition,
            IsLocalizer = header.ImageType.Contains("LOCALIZER", StringComparer.Ordinal),
            Width = file.Pixels?.Columns ?? 0,
            Height = file.Pixels?.Rows ?? 0,
        };
    }

    /// <summary>Whether an attribute of DICOM headers says which patient a picture is of.</summary>
    public static bool IsPatient(string? keyword) => keyword is null or "PatientID" or "StudyInstanceUID" or "SeriesInstanceUID";

    /// <summary>Whether an attribute of DICOM headers says where a picture is from.</summary>
    public static bool IsSite(string? keyword) => keyword is null or "InstitutionName" or "StationName" or "Manufacturer" or "ManufacturerModelName";

    private static string? DicomPatient(DicomHeader header, string? keyword) => keyword switch
    {
        "StudyInstanceUID" => header.StudyHash,
        "SeriesInstanceUID" => header.SeriesHash,
        _ => header.PatientHash ?? header.StudyHash,
    };

    private static string? DicomSite(DicomHeader header, string? keyword) => keyword switch
    {
        "StationName" => header.StationHash,
        "Manufacturer" => header.ManufacturerHash,
        "ManufacturerModelName" => header.ModelHash,
        _ => header.InstitutionHash,
    };

    // The Brain Imaging Data Structure names every file of a subject sub-<label>; otherwise a volume is a patient of its own.
    private string VolumePatient(string file, string name)
    {
        const string mark = "sub-";
        foreach (string segment in name.Split('/', '\\'))
        {
            if (segment.StartsWith(mark, StringComparison.Ordinal))
            {
                string subject = new([.. segment.Skip(mark.Length).TakeWhile(char.IsLetterOrDigit)]);
                if (subject.Length > 0)
                {
                    return KeyedHash.Of(_reading.HashKey.Span, KeyedHash.Patient, mark + subject);
                }
            }
        }

        return KeyedHash.Of(_reading.HashKey.Span, "volume", Path.GetFullPath(file));
    }
}
