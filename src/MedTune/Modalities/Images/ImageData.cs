using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>The pictures that are used, numbered from 0, with their classes, groups and parts.</summary>
internal sealed class ImageData
{
    private ImageData(ImageSet set, ImageInspection inspection, ImmutableArray<int> samples, ImmutableArray<int> classes, ImmutableArray<string> classNames)
    {
        (Set, Inspection, Samples, Classes, ClassNames) = (set, inspection, samples, classes, classNames);
        Groups = inspection.Groups(set, samples);
        Digest = DigestOf();
    }

    /// <summary>All pictures as they were found.</summary>
    public ImageSet Set { get; }

    /// <summary>What was found when every picture was read.</summary>
    public ImageInspection Inspection { get; }

    /// <summary>Numbers in the set of the pictures that are used.</summary>
    public ImmutableArray<int> Samples { get; }

    /// <summary>Class of every picture.</summary>
    public ImmutableArray<int> Classes { get; }

    /// <summary>Pictures of one group (a patient, or pictures that are the same) stand on one side of every split.</summary>
    public ImmutableArray<int> Groups { get; }

    /// <summary>The classes' names, the positive one last of two.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Number of pictures.</summary>
    public int Rows => Samples.Length;

    /// <summary>Whether the data say which patient a picture is of.</summary>
    public bool HasPatients => Samples.Any(sample => Set.Samples[sample].Patient is not null);

    /// <summary>Whether any two pictures belong together, so that intervals must be by groups.</summary>
    public bool HasGroups => Groups.Distinct().Count() < Rows;

    /// <summary>Digest of what a model can see: pixels, classes, groups and parts.</summary>
    public string Digest { get; }

    /// <summary>Takes the pictures that can be used.</summary>
    /// <param name="set">All pictures.</param>
    /// <param name="inspection">What was found in them.</param>
    /// <param name="corrections">What a reader answered to pictures of an earlier run's list; null for nothing.</param>
    /// <exception cref="DataException">There are several findings for each picture, or fewer than two classes are left.</exception>
    public static ImageData Of(ImageSet set, ImageInspection inspection, ImageCorrections? corrections = null)
    {
        if (set.HasSeveralLabels)
        {
            throw new DataException(
                "The pictures have several findings each; this version of MedTune trains on one class for each picture. Give a manifest with one column of labels, such as one of the findings.");
        }

        var answers = corrections?.For(set) ?? ImmutableDictionary<int, int?>.Empty;
        ImmutableArray<int> samples = [.. Enumerable.Range(0, set.Samples.Length).Where(i => !inspection.LeftOut.ContainsKey(i) && !(answers.TryGetValue(i, out int? answer) && answer is null))];
        set = set.Relabelled(answers.Where(answer => answer.Value is not null).ToDictionary(answer => answer.Key, answer => answer.Value!.Value));
        ImmutableArray<int> classes = [.. samples.Select(i => set.Samples[i].Labels[0])];
        return classes.Distinct().Count() >= 2
            ? new ImageData(set, inspection, samples, classes, set.Classes)
            : throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"Of {set.Samples.Length} pictures {samples.Length} can be used, and they are of fewer than two classes; 'medtune inspect' says what is wrong with the others."));
    }

    /// <summary>Takes the pictures that a finished model can be judged on, with its classes.</summary>
    /// <param name="set">All pictures.</param>
    /// <param name="inspection">What was found in them.</param>
    /// <param name="classNames">The model's classes, in its order.</param>
    /// <exception cref="DataException">A class is none of the model's, or no picture can be used.</exception>
    public static ImageData Judging(ImageSet set, ImageInspection inspection, ImmutableArray<string> classNames)
    {
        if (set.Classes.FirstOrDefault(name => !classNames.Contains(name, StringComparer.Ordinal)) is { } unknown || set.HasSeveralLabels)
        {
            throw new DataException(
                $"The pictures have the classes {string.Join(", ", set.Classes.Select(name => $"'{name}'"))}; the model answers {string.Join(", ", classNames.Select(name => $"'{name}'"))}. Name them alike.");
        }

        ImmutableArray<int> samples = [.. Enumerable.Range(0, set.Samples.Length).Where(i => !inspection.LeftOut.TryGetValue(i, out var why) || why == ImageExclusion.TwinElsewhere)];
        return samples.IsEmpty
            ? throw new DataException("No picture can be used; 'medtune inspect' says what is wrong with them.")
            : new ImageData(set, inspection, samples, [.. samples.Select(i => classNames.IndexOf(set.Classes[set.Samples[i].Labels[0]]))], classNames);
    }

    /// <summary>How people find a picture.</summary>
    public string Name(int row) => Set.Samples[Samples[row]].Name;

    /// <summary>The part the data put a picture into; null where they do not say.</summary>
    public string? Part(int row) => Set.Samples[Samples[row]].Part;

    /// <summary>What was measured of a picture.</summary>
    public PictureMeasures Measures(int row) => Inspection.Measures[Samples[row]]!;

    /// <summary>Decodes a picture in full size.</summary>
    public PixelImage Read(int row) => Set.Read(Set.Samples[Samples[row]]);

    /// <summary>Decodes a picture to learn from, perhaps smaller, but with sides of at least so many pixels.</summary>
    public PixelImage Read(int row, int smallestSide) => Set.Read(Set.Samples[Samples[row]], smallestSide);

    /// <summary>Numbers of the pictures of a part.</summary>
    public int[] RowsOf(string? part) => [.. Enumerable.Range(0, Rows).Where(row => Part(row) == part)];

    /// <summary>A picture that is not answered yet.</summary>
    public SamplePrediction Sample(int row, int fold) =>
        new(Samples[row], fold, Classes[row], -1, [], double.NaN, Groups[row]) { Name = Name(row) };

    /// <summary>Digest of some pictures, whatever their order.</summary>
    public string DigestOfRows(IEnumerable<int> rows) => Sha(string.Join('\n', rows.Select(row => $"{Measures(row).Digest} {Classes[row]}").Order(StringComparer.Ordinal)));

    /// <summary>What is in the data and what was left out, as for a table.</summary>
    public DatasetSummary Summarize()
    {
        var leftOut = Inspection.LeftOut.Values.GroupBy(reason => reason).OrderBy(reason => reason.Key)
            .Select(reason => new LeftOutRows(ReasonOf(reason.Key), reason.Count())).ToList();
        int corrected = Set.Samples.Length - Inspection.LeftOut.Count - Rows;
        if (corrected > 0)
        {
            leftOut.Add(new LeftOutRows("left out by a reader's correction", corrected));
        }

        return new DatasetSummary
        {
            IsOfPictures = true,
            Format = Directory.Exists(Set.Path) ? "folder of pictures" : Path.GetExtension(Set.Path) == ".npz" ? "MedMNIST archive" : "manifest of pictures",
            FileRows = Set.Samples.Length,
            FileColumns = 0,
            Rows = Rows,
            LeftOut = [.. leftOut],
            Target = Set.Target,
            Classes = [.. ClassNames.Select((name, k) => new ClassCount(name, Classes.Count(own => own == k)))],
            Features = 0,
            Patients = HasPatients ? Samples.Select(i => Set.Samples[i].Patient).OfType<string>().Distinct(StringComparer.Ordinal).Count() : null,
            Sites = Samples.Any(i => Set.Samples[i].Site is not null) ? Samples.Select(i => Set.Samples[i].Site).OfType<string>().Distinct(StringComparer.Ordinal).Count() : null,
            DuplicateRows = Inspection.Twins.Where(pair => pair.IsExact).Select(pair => pair.Second).Distinct().Count(),
            MissingShare = 0,
            Columns = [],
            Findings = Inspection.Findings,
            Digest = Digest,
        };
    }

    private static string ReasonOf(ImageExclusion reason) => reason switch
    {
        ImageExclusion.Unreadable => "cannot be read",
        ImageExclusion.Unlabelled => "no label",
        ImageExclusion.Tiny => "a side below 16 pixels",
        ImageExclusion.Blank => "shows nothing",
        _ => "the same picture is in another part",
    };

    private string DigestOf()
    {
        var text = new StringBuilder(string.Join('\u001f', ClassNames)).Append('\n');
        for (int row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Measures(row).Digest} {Classes[row]} {Groups[row]} {Part(row)}\n");
        }

        return Sha(text.ToString());
    }

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
