using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>
/// A convolutional network over DNA whose residual blocks look ever further: motifs, pooling, then dilated convolutions, after the form of Basenji
/// (Kelley et al., Genome Research 2018).
/// </summary>
/// <remarks>
/// Input <c>sequence</c>, Float [N, 4, length]: 1 in the row of the letter (A, C, G, T), all zero where it is not known; or the letters' numbers, see
/// <see cref="DnaNetworkOptions.ReadsTokens"/>. Weights before the head depend neither on the length nor on what is answered, so that a network that learned letters can go on with classes.
/// </remarks>
public static class DnaNetwork
{
    /// <summary>What the names of the head's parameters begin with.</summary>
    public const string Head = "head.";

    /// <summary>Builds the network.</summary>
    /// <param name="options">Its extents.</param>
    /// <exception cref="ArgumentException">The motif's length is even, or the sequence is shorter than what is pooled into one place.</exception>
    public static Architecture Build(DnaNetworkOptions? options = null)
    {
        options ??= new DnaNetworkOptions();
        if (options.Motif % 2 != 1 || options.Pool < 1 || options.Length < options.Pool || (options.TellsLetters && options.Length % options.Pool != 0))
        {
            throw new ArgumentException(
                "The motif's length must be odd, and the sequence at least as long as what is pooled into one place, or a multiple of it where letters are told.", nameof(options));
        }

        var layers = new Layers("dna-dilated", options.Seed);
        var build = layers.Build;
        var sequence = options.ReadsTokens ? DnaHead.OneHot(build, options.Length) : build.Input("sequence", ElementType.Float, Dimension.Batch, 4, options.Length);
        var x = DnaHead.Stem(layers, sequence, options.Width, options.Motif, options.Pool);
        for (int block = 0; block < options.Blocks; block++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"blocks.{block}.");
            var y = layers.Conv(x, prefix + "conv1.", options.Width, kernel: 3, dilation: 1 << block);
            y = build.Relu(layers.BatchNorm(y, prefix + "bn1."));
            y = layers.BatchNorm(layers.Conv(y, prefix + "conv2.", options.Width, kernel: 1), prefix + "bn2.");
            x = build.Relu(build.Add(x, y));
        }

        if (options.TellsLetters)
        {
            DnaHead.Letters(layers, x, options.Pool);
        }
        else if (options.Places > 0)
        {
            DnaHead.ByPlace(layers, x, options.Places, options.Hidden, options.Dropout, options.Classes);
        }
        else
        {
            layers.Classifier(layers.PooledFeatures(x), Head, options.Classes);
        }

        return layers.Finish(Head);
    }
}
