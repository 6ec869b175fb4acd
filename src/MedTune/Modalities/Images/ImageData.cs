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
        (Set, Inspection, Samples, ClassNames) = (set, inspection, samples, classNames);
        Groups = inspection.Groups(set, samples);
        Labels = set.HasSeveralLabels ? [.. samples.Select(i => set.Samples[i].Labels)] : [];
        Classes = HasFindings ? FindingStrata.Of(Labels, Groups) : classes;
        Digest = DigestOf();
    }

    /// <summary>All pictures as they were found.</summary>
    public ImageSet Set { get; }

    /// <summary>What was found when every picture was read.</summary>
    public ImageInspection Inspection { get; }

    /// <summary>Numbers in the set of the pictures that are used.</summary>
    public ImmutableArray<int> Samples { get; }

    /// <summary>Class of every picture; of several findings, a number for pictures with alike findings, so that splits share them out evenly.</summary>
    public ImmutableArray<int> Classes { get; }

    /// <summary>Of several findings, a 1 for each that a picture has and a 0 for each other; empty for classes.</summary>
    public ImmutableArray<ImmutableArray<int>> Labels { get; }

    /// <summary>Whether a picture may have none, one or several findings rather than one class.</summary>
    public bool HasFindings => Set.HasSeveralLabels;

    /// <summary>Pictures of one group (a patient, or pictures that are the same) stand on one side of every split.</summary>
    public ImmutableArray<int> Groups { get; }

    /// <summary>Names of the classes, the positive one last of two, or of the findings.</summary>
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
    /// <exception cref="DataException">Fewer than two classes are left, or no finding has enough pictures.</exception>
    public static ImageData Of(ImageSet set, ImageInspection inspection, ImageCorrections? corrections = null)
    {
        if (set.HasSeveralLabels)
        {
            return OfFindings(set, inspection, corrections is null ? null : FindingCorrections.Of(corrections, set));
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
    /// <param name="classNames">The model's classes or findings, in its order.</param>
    /// <param name="hasFindings">Whether they are findings; the set then has these findings.</param>
    /// <exception cref="DataException">A class is none of the model's, or no picture can be used.</exception>
    public static ImageData Judging(ImageSet set, ImageInspection inspection, ImmutableArray<string> classNames, bool hasFindings)
    {
        if (set.Classes.FirstOrDefault(name => !classNames.Contains(name, StringComparer.Ordinal)) is { } unknown || set.HasSeveralLabels != hasFindings)
        {
            throw new DataException(
                $"The pictures have the classes {string.Join(", ", set.Classes.Select(name => $"'{name}'"))}; the model answers {string.Join(", ", classNames.Select(name => $"'{name}'"))}. Name them alike.");
        }

        ImmutableArray<int> samples = [.. Enumerable.Range(0, set.Samples.Length).Where(i => !inspection.LeftOut.TryGetValue(i, out var why) || why == ImageExclusion.TwinElsewhere)];
        return samples.IsEmpty
            ? throw new DataException("No picture can be used; 'medtune inspect' says what is wrong with them.")
            : new ImageData(set, inspection, samples, hasFindings ? [] : [.. samples.Select(i => classNames.IndexOf(set.Classes[set.Samples[i].Labels[0]]))], classNames);
    }

    private static ImageData OfFindings(ImageSet set, ImageInspection inspection, FindingCorrections? corrections)
    {
        ImmutableArray<int> samples = [.. Enumerable.Range(0, set.Samples.Length).Where(i => !inspection.LeftOut.ContainsKey(i) && corrections?.Dropped.Contains(i) != true)];
        set = corrections is null ? set : set.Relabelled(corrections.Labels);
        var learnable = LearnableFindings.Of(set, samples, inspection.Groups(set, samples));
        return new ImageData(
            set.WithFindings(learnable.Names), inspection with { Findings = [.. inspection.Findings, .. learnable.LeftOut] }, samples, [], learnable.Names);
    }

    /// <summary>Whether a picture is of a class, or has a finding.</summary>
    public bool Is(int row, int @class) => HasFindings ? Labels[row][@class] == 1 : Classes[row] == @class;

    /// <summary>A picture's class, or its findings.</summary>
    public string Label(int row) => HasFindings ? string.Join(Prediction.Prediction.Separator, ClassNames.Where((_, finding) => Labels[row][finding] == 1)) : ClassNames[Classes[row]];

    /// <summary>The probabilities that margins stand for, a row for each picture.</summary>
    public float[][] Probabilities(ReadOnlySpan<float> margins) => HasFindings ? FindingAnswers.Probabilities(margins, ClassNames.Length) : ClassProbabilities.Of(margins, ClassNames.Length);

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
        new(Samples[row], fold, HasFindings ? -1 : Classes[row], -1, [], double.NaN, Groups[row]) { Name = Name(row), Targets = HasFindings ? Labels[row] : [] };

    /// <summary>Digest of some pictures, whatever their order.</summary>
    public string DigestOfRows(IEnumerable<int> rows) => Sha(string.Join('\n', rows.Select(row => $"{Measures(row).Digest} {Key(row)}").Order(StringComparer.Ordinal)));

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
            HasSeveralLabels = HasFindings,
            Format = Directory.Exists(Set.Path) ? "folder of pictures" : Path.GetExtension(Set.Path) == ".npz" ? "MedMNIST archive" : "manifest of pictures",
            FileRows = Set.Samples.Length,
            FileColumns = 0,
            Rows = Rows,
            LeftOut = [.. leftOut],
            Target = Set.Target,
            Classes = [.. ClassNames.Select((name, k) => new ClassCount(name, Enumerable.Range(0, Rows).Count(row => Is(row, k))))],
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
            text.Append(CultureInfo.InvariantCulture, $"{Measures(row).Digest} {Key(row)} {Groups[row]} {Part(row)}\n");
        }

        return Sha(text.ToString());
    }

    private string Key(int row) => HasFindings ? string.Concat(Labels[row]) : Classes[row].ToString(CultureInfo.InvariantCulture);

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
