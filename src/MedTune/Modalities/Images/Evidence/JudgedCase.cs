using System.Collections.Immutable;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>An answer of the model beside the truth.</summary>
/// <param name="Row">The row in its part.</param>
/// <param name="Class">The class that was answered, or the finding it is about.</param>
/// <param name="Truth">What was true.</param>
/// <param name="Answer">What was answered, in the same words.</param>
/// <param name="Probability">Of the answer.</param>
internal sealed record JudgedCase(int Row, int Class, string Truth, string Answer, double Probability)
{
    /// <summary>Whether the answer is right.</summary>
    public bool IsRight => Truth == Answer;

    /// <summary>Every answer: one for each picture, or one for each finding of each picture.</summary>
    public static ImmutableArray<JudgedCase> All(ImageSet images, EvidencePart part, ImmutableArray<double> thresholds)
    {
        var cases = ImmutableArray.CreateBuilder<JudgedCase>();
        for (int row = 0; row < part.Samples.Length; row++)
        {
            var labels = images.Samples[part.Samples[row]].Labels;
            var probabilities = part.Row(row);
            if (!images.HasSeveralLabels)
            {
                int answer = Answered(probabilities, thresholds);
                cases.Add(new JudgedCase(row, answer, images.Classes[labels[0]], images.Classes[answer], probabilities[answer]));
                continue;
            }

            for (int finding = 0; finding < probabilities.Length; finding++)
            {
                bool isThere = probabilities[finding] >= Threshold(thresholds, finding);
                cases.Add(new JudgedCase(
                    row, finding, Words(images, finding, labels[finding] == 1), Words(images, finding, isThere), isThere ? probabilities[finding] : 1 - probabilities[finding]));
            }
        }

        return cases.ToImmutable();
    }

    /// <summary>The most confident wrong answers, no picture twice.</summary>
    public static ImmutableArray<JudgedCase> Worst(IEnumerable<JudgedCase> cases, int count) =>
    [
        .. cases.Where(each => !each.IsRight).OrderByDescending(each => each.Probability).ThenBy(each => each.Row).ThenBy(each => each.Class).DistinctBy(each => each.Row).Take(count),
    ];

    /// <summary>Of every pair of truth and answer the case of the middle confidence, right ones first, no picture twice.</summary>
    public static ImmutableArray<JudgedCase> Typical(IEnumerable<JudgedCase> cases, int count) =>
    [
        .. cases.GroupBy(each => (each.Class, each.Truth, each.Answer))
            .Select(group => (IsAbsent: group.Key.Answer.EndsWith(Absent, StringComparison.Ordinal), Members: group.OrderBy(each => each.Probability).ThenBy(each => each.Row).ToList()))
            .Select(group => (group.IsAbsent, Case: group.Members[(group.Members.Count - 1) / 2]))

            // That a finding is rightly said to be absent is what most pictures show: last.
            .OrderBy(pair => pair.Case.IsRight ? pair.IsAbsent ? 2 : 0 : 1).ThenBy(pair => pair.Case.Class).ThenBy(pair => pair.Case.Row)
            .Select(pair => pair.Case).DistinctBy(each => each.Row).Take(count),
    ];

    /// <summary>The label of a picture in words.</summary>
    public static string Label(ImageSet images, int sample)
    {
        var labels = images.Samples[sample].Labels;
        if (!images.HasSeveralLabels)
        {
            return labels.IsEmpty ? "no label" : images.Classes[labels[0]];
        }

        string[] there = [.. images.Classes.Where((_, finding) => finding < labels.Length && labels[finding] == 1)];
        return there.Length == 0 ? "no finding" : string.Join(", ", there);
    }

    private const string Absent = ": absent";

    /// <summary>Whether a finding is there, in words.</summary>
    public static string Words(ImageSet images, int finding, bool isThere) => images.Classes[finding] + (isThere ? ": present" : Absent);

    private static int Answered(ReadOnlySpan<double> probabilities, ImmutableArray<double> thresholds)
    {
        if (probabilities.Length == 2)
        {
            return probabilities[1] >= Threshold(thresholds, 0) ? 1 : 0;
        }

        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        return best;
    }

    private static double Threshold(ImmutableArray<double> thresholds, int finding) => thresholds.IsEmpty ? 0.5 : thresholds[Math.Min(finding, thresholds.Length - 1)];
}
