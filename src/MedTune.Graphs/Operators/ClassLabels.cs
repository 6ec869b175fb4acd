using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The classes of a classifier of <c>ai.onnx.ml</c>: texts or whole numbers.</summary>
internal sealed class ClassLabels
{
    private readonly ImmutableArray<string> _texts;
    private readonly ImmutableArray<long> _numbers;

    private ClassLabels(ImmutableArray<string> texts, ImmutableArray<long> numbers) => (_texts, _numbers) = (texts, numbers);

    /// <summary>How many classes there are.</summary>
    public int Count => _texts.IsDefault ? _numbers.Length : _texts.Length;

    /// <summary>What a label is.</summary>
    public ElementType Element => _texts.IsDefault ? ElementType.Int64 : ElementType.String;

    /// <summary>Reads the attributes classlabels_strings, or classlabels_ints or classlabels_int64s.</summary>
    public static ClassLabels Of(Node node)
    {
        var texts = node.Attributes.Strings("classlabels_strings");
        var numbers = node.Attributes.Ints(node.Attributes.Has("classlabels_ints") ? "classlabels_ints" : "classlabels_int64s");
        return texts.IsDefaultOrEmpty != numbers.IsDefaultOrEmpty
            ? new ClassLabels(texts.IsDefaultOrEmpty ? default : texts, numbers)
            : throw new InvalidGraphException(NodeErrors.Sentence(node, "it needs one list of class labels, either texts or whole numbers."));
    }

    /// <summary>A delegate (row, class) that writes labels to output 0.</summary>
    public Action<int, int> Writer(KernelContext context)
    {
        if (!_texts.IsDefault)
        {
            string[] texts = context.OutputStrings();
            return (row, label) => texts[row] = _texts[label];
        }

        var numbers = context.Output<long>();
        return (row, label) => numbers[row] = _numbers[label];
    }

    /// <summary>The place of the largest score, the first of equals.</summary>
    public static int Largest(ReadOnlySpan<double> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }
}
