using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>Words of a few letters, numbered: all of the shortest length first, each length in the order of A, C, G, T.</summary>
/// <param name="Lengths">Letters of a word, ascending, each from 1 to 8.</param>
/// <param name="BothStrands">Whether a word and its reverse complement are the same, that of the smaller number.</param>
internal sealed record KmerSpace(ImmutableArray<int> Lengths, bool BothStrands)
{
    private const int Letters = 4;

    /// <summary>Number of words.</summary>
    public int Count => Offset(Lengths.Length);

    /// <summary>The number of the first word of the i-th length.</summary>
    public int Offset(int i) => Lengths.Take(i).Sum(length => 1 << (2 * length));

    /// <summary>The word that begins at each place, or -1 where it would reach beyond the end or a letter is not known.</summary>
    /// <param name="tokens">One number for each letter.</param>
    /// <param name="length">Which of <see cref="Lengths"/>.</param>
    /// <param name="words">One for each place.</param>
    public void Write(ReadOnlySpan<long> tokens, int length, Span<int> words)
    {
        (int letters, int offset) = (Lengths[length], Offset(length));
        int mask = (1 << (2 * letters)) - 1;
        (int word, int other, int known) = (0, 0, 0);
        words.Fill(-1);
        for (int i = 0; i < tokens.Length; i++)
        {
            known = tokens[i] < Letters ? known + 1 : 0;
            int letter = (int)Math.Min(tokens[i], Letters - 1);
            word = ((word << 2) | letter) & mask;
            other = (other >> 2) | ((Letters - 1 - letter) << (2 * (letters - 1)));
            if (known >= letters)
            {
                words[i - letters + 1] = offset + (BothStrands ? Math.Min(word, other) : word);
            }
        }
    }

    /// <summary>The letters of a word.</summary>
    public string NameOf(int word)
    {
        int length = Enumerable.Range(0, Lengths.Length).Last(i => Offset(i) <= word);
        int number = word - Offset(length);
        return string.Create(Lengths[length], number, static (text, number) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = "ACGT"[(number >> (2 * (text.Length - 1 - i))) & 3];
            }
        });
    }

    /// <summary>Appends what <see cref="Write"/> does for all lengths.</summary>
    /// <param name="builder">The graph so far.</param>
    /// <param name="tokens">Int64 [N, L].</param>
    /// <returns>Float [N, lengths, L], half above the number of the word; <see cref="Count"/> and a half where there is none.</returns>
    public Value Append(GraphBuilder builder, Value tokens)
    {
        var known = builder.Cast(builder.Less(tokens, builder.Constant(Tensor.Scalar(SequenceTokens.Other), "letters")), ElementType.Float);
        var letters = builder.Multiply(builder.Cast(tokens, ElementType.Float), known);
        var others = builder.Subtract(builder.Multiply(builder.Constant(Tensor.Scalar(3f), "other"), known), letters);
        var channels = builder.Concat([builder.Unsqueeze(letters, 1), builder.Unsqueeze(others, 1), builder.Unsqueeze(known, 1)], 1);
        int kinds = Lengths.Length;
        var sums = builder.Append("Conv", [channels, builder.Constant(Kernel(), "words")], Attributes.None.With("kernel_shape", (long[])[Lengths[^1]]).With("pads", (long[])[0, Lengths[^1] - 1]));
        var word = builder.Slice(sums, [0], [kinds], [1]);
        if (BothStrands)
        {
            word = builder.Append("Min", [word, builder.Slice(sums, [kinds], [2 * kinds], [1])]);
        }

        var count = builder.Slice(sums, [2 * kinds], [3 * kinds], [1]);
        var numbers = builder.Add(word, builder.Constant(PerLength(i => Offset(i) + 0.5f), "offsets"));
        return builder.Where(builder.Less(count, builder.Constant(PerLength(i => Lengths[i] - 0.5f), "whole")), builder.Constant(Tensor.Scalar(Count + 0.5f), "none"), numbers);
    }

    private Tensor<float> PerLength(Func<int, float> value) => new(new Shape(1, Lengths.Length, 1), [.. Enumerable.Range(0, Lengths.Length).Select(value)]);

    /// <summary>Filters [3 lengths, 3, longest]: the number of the word from the letters, that of the other strand from the complements, and how many letters are known.</summary>
    private Tensor<float> Kernel()
    {
        (int kinds, int longest) = (Lengths.Length, Lengths[^1]);
        var kernel = new float[3 * kinds * 3 * longest];
        for (int i = 0; i < kinds; i++)
        {
            for (int at = 0; at < Lengths[i]; at++)
            {
                kernel[(i * 3 * longest) + at] = 1 << (2 * (Lengths[i] - 1 - at));
                kernel[((((kinds + i) * 3) + 1) * longest) + at] = 1 << (2 * at);
                kernel[(((((2 * kinds) + i) * 3) + 2) * longest) + at] = 1;
            }
        }

        return new Tensor<float>(new Shape(3 * kinds, 3, longest), kernel);
    }
}
