using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// An equation such as <c>bij,bjk->bik</c> with one label per axis of every operand and of the result. The axes that an ellipsis stands for get
/// labels too, counted from the last, so that they line up as in broadcasting.
/// </summary>
internal sealed class EinsumEquation
{
    /// <summary>The label of the last axis of an ellipsis; those before it follow.</summary>
    private const char FirstHidden = '\u0100';

    private EinsumEquation(string[] inputs, string output)
    {
        Inputs = inputs;
        Output = output;
        All = output;
        foreach (char label in inputs.SelectMany(input => input))
        {
            All += All.Contains(label, StringComparison.Ordinal) ? string.Empty : label;
        }
    }

    /// <summary>The labels of every operand.</summary>
    public string[] Inputs { get; }

    /// <summary>The labels of the result.</summary>
    public string Output { get; }

    /// <summary>Every label once: those of the result in its order, then those summed over in the order they appear.</summary>
    public string All { get; }

    /// <summary>Reads an equation.</summary>
    /// <param name="text">Letters, commas, ellipses and perhaps an arrow; blanks do not count.</param>
    /// <param name="ranks">The rank of every operand.</param>
    /// <param name="error">Makes the exception of a sentence.</param>
    public static EinsumEquation Parse(string text, ReadOnlySpan<int> ranks, Func<string, InvalidGraphException> error)
    {
        string plain = text.Replace(" ", string.Empty, StringComparison.Ordinal);
        string[] sides = plain.Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != ranks.Length)
        {
            throw error(string.Create(CultureInfo.InvariantCulture, $"its equation '{text}' does not describe {ranks.Length} operands."));
        }

        int hidden = 0;
        var inputs = new string[terms.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            int named = terms[i].Count(char.IsAsciiLetter);
            bool hasEllipsis = terms[i].Contains("...", StringComparison.Ordinal);
            int rest = ranks[i] - named;
            if (rest < 0 || (rest > 0 && !hasEllipsis) || terms[i].Length != named + (hasEllipsis ? 3 : 0))
            {
                throw error(string.Create(CultureInfo.InvariantCulture, $"its equation '{text}' does not fit operand {i}, which has rank {ranks[i]}."));
            }

            inputs[i] = terms[i].Replace("...", Hidden(rest), StringComparison.Ordinal);
            hidden = Math.Max(hidden, hasEllipsis ? rest : 0);
        }

        string output = sides.Length == 2 ? sides[1].Replace("...", Hidden(hidden), StringComparison.Ordinal) : Implied(terms, hidden);
        bool isKnown = output.All(label => inputs.Any(input => input.Contains(label, StringComparison.Ordinal)));
        return isKnown && output.Distinct().Count() == output.Length
            ? new EinsumEquation(inputs, output)
            : throw error($"its equation '{text}' names an axis of the result twice, or one that no operand has.");
    }

    /// <summary>How far operand <paramref name="input"/> moves for a step along each label of <see cref="All"/>; 0 along an axis of extent 1 that is broadcast.</summary>
    public int[] Strides(int input, Shape shape, ReadOnlySpan<int> extents)
    {
        var strides = new int[All.Length];
        int[] own = StridedCopy.Strides(shape);
        for (int axis = 0; axis < own.Length; axis++)
        {
            int label = All.IndexOf(Inputs[input][axis], StringComparison.Ordinal);
            strides[label] += shape[axis] == 1 && extents[label] != 1 ? 0 : own[axis];
        }

        return strides;
    }

    /// <summary>The extent behind each label of <see cref="All"/>, from concrete shapes.</summary>
    public int[] Extents(Func<int, Shape> shapeOf)
    {
        var extents = new int[All.Length];
        extents.AsSpan().Fill(1);
        for (int i = 0; i < Inputs.Length; i++)
        {
            for (int axis = 0; axis < Inputs[i].Length; axis++)
            {
                ref int extent = ref extents[All.IndexOf(Inputs[i][axis], StringComparison.Ordinal)];
                extent = extent == 1 ? shapeOf(i)[axis] : extent;
            }
        }

        return extents;
    }

    /// <summary>The equation written with letters only, as far as there are enough; null else. Operands and result given in labels.</summary>
    public string? Write(IEnumerable<string> operands, string output)
    {
        string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return All.Length > letters.Length
            ? null
            : $"{string.Join(',', operands.Select(Letters))}->{Letters(output)}";

        string Letters(string labels) => string.Concat(labels.Select(label => letters[All.IndexOf(label, StringComparison.Ordinal)]));
    }

    /// <summary>Whether a label stands for an axis of an ellipsis, which may be broadcast.</summary>
    public static bool IsHidden(char label) => label >= FirstHidden;

    private static string Hidden(int count) => string.Concat(Enumerable.Range(0, count).Reverse().Select(i => (char)(FirstHidden + i)));

    /// <summary>Without an arrow, the result has the ellipsis and then every letter that occurs once, in the order of the alphabet.</summary>
    private static string Implied(string[] terms, int hidden) => Hidden(hidden) + string.Concat(
        string.Concat(terms).Where(char.IsAsciiLetter).GroupBy(label => label).Where(group => group.Count() == 1).Select(group => group.Key).Order());
}
