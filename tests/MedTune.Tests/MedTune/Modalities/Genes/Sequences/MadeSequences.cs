using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Modalities.Genes;
using MedTune.Tensors;

namespace MedTune.Tests.Modalities.Genes;

/// <summary>Sequences made for tests: those of the last class hold a motif.</summary>
internal static class MadeSequences
{
    public const string Motif = "TATAATGC";

    /// <summary>Data of two classes or three.</summary>
    public static GeneData Data(int rows, int length, int classes = 2, bool isAligned = true, bool differsInLength = false)
    {
        var letters = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            var random = new Philox(5, RandomPurpose.Search, (ulong)row);
            char[] text = new char[differsInLength && row % 3 == 0 ? length - 5 : length];
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = random.Below(60, (ulong)i) == 0 ? 'N' : "ACGT"[random.Below(4, 1000 + (ulong)i)];
            }

            int label = row % classes;
            if (label > 0)
            {
                int at = isAligned ? 4 : random.Below(text.Length - Motif.Length, 5000);
                (label == 1 ? Motif : "GGGCCCAA").CopyTo(text.AsSpan(at));
            }

            letters[row] = new string(text);
        }

        return new GeneData
        {
            Input = GeneForm.Sequence,
            ClassNames = [.. Enumerable.Range(0, classes).Select(label => $"class {label}")],
            Classes = [.. Enumerable.Range(0, rows).Select(row => row % classes)],
            Groups = [.. Enumerable.Range(0, rows)],
            Sequences = [.. letters],
            Length = length,
        };
    }

    /// <summary>All rows in inner folds.</summary>
    public static GeneFitTask Task(GeneData data, TaskPool? pool = null, int folds = 3, CancellationToken cancellation = default)
    {
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        return new GeneFitTask(data, rows, Splits.KFold([.. data.Classes], [.. data.Groups], folds, 1, rows), 1, pool ?? TaskPool.Sequential, null, cancellation);
    }

    /// <summary>The margins of all rows by the model.</summary>
    public static float[] Margins(GeneData data, GeneFit fit) =>
        SequenceScorer.Score(fit.Graph, new SequenceRows(data), [.. Enumerable.Range(0, data.Rows)], TaskPool.Sequential, default);
}
