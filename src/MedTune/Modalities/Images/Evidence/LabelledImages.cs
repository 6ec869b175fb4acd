using System.Collections.Immutable;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>Pictures with the labels that a run goes by: those of the data, or a reader's corrections of them.</summary>
internal sealed class LabelledImages
{
    private readonly ImageSet _set;

    /// <summary>Pictures with the labels of their data.</summary>
    public LabelledImages(ImageSet set) => (_set, Classes, Samples) = (set, set.Classes, set.Samples);

    /// <summary>Pictures with other labels for some of them, of one class each.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="classes">The classes' names, in the model's order.</param>
    /// <param name="labels">The class of pictures by their number; the others are not asked about.</param>
    public LabelledImages(ImageSet set, ImmutableArray<string> classes, IReadOnlyDictionary<int, int> labels)
    {
        (_set, Classes) = (set, classes);
        Samples = [.. set.Samples.Select((sample, i) => labels.TryGetValue(i, out int label) ? sample with { Labels = [label] } : sample)];
    }

    /// <summary>Names of the classes or findings.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>Whether a picture has a label of its own for each finding rather than one class.</summary>
    public bool HasSeveralLabels => _set.HasSeveralLabels;

    /// <summary>The pictures by number.</summary>
    public ImmutableArray<ImageSample> Samples { get; }

    /// <summary>What the exclusions left, step by step.</summary>
    public ImmutableArray<ImageFlowStep> Flow(ImageInspection inspection) => inspection.Flow(_set);

    /// <summary>Decodes a picture in full size.</summary>
    public PixelImage Read(int sample) => _set.Read(_set.Samples[sample]);

    /// <summary>The label of a picture in words.</summary>
    public string LabelOf(int sample)
    {
        var labels = Samples[sample].Labels;
        if (!HasSeveralLabels)
        {
            return labels.IsEmpty ? "no label" : Classes[labels[0]];
        }

        string[] there = [.. Classes.Where((_, finding) => finding < labels.Length && labels[finding] == 1)];
        return there.Length == 0 ? "no finding" : string.Join(", ", there);
    }
}
