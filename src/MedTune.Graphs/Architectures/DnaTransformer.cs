using System.Globalization;

namespace MedTune.Graphs.Architectures;

/// <summary>
/// A small transformer over DNA: filters over the letters, pooling, then attention between places, normalized before each part, after the form of Enformer
/// (Avsec et al., Nature Methods 2021).
/// </summary>
/// <remarks>Input <c>tokens</c>, Int64 [N, length]: A, C, G, T as 0 to 3, anything else for a letter that is not known.</remarks>
public static class DnaTransformer
{
    private const float Epsilon = 1e-5f;

    /// <summary>Builds the network.</summary>
    /// <param name="options">Its extents.</param>
    /// <exception cref="ArgumentException">The extents do not fit each other.</exception>
    public static Architecture Build(DnaTransformerOptions? options = null)
    {
        options ??= new DnaTransformerOptions();
        int places = options.Pool < 1 ? 0 : options.Length / options.Pool;
        if (options.Motif % 2 != 1 || places < 1 || places > options.Positions || options.Heads < 1 || options.Width % options.Heads != 0
            || (options.TellsLetters && options.Length % options.Pool != 0))
        {
            throw new ArgumentException(
                "The motif's length must be odd, the width a multiple of the heads, and the pooled places from 1 to the positions, without rest where letters are told.", nameof(options));
        }

        var layers = new Layers("dna-transformer", options.Seed);
        var build = layers.Build;
        var stem = DnaHead.Stem(layers, DnaHead.OneHot(build, options.Length), options.Width, options.Motif, options.Pool);
        var table = layers.Small("positions.weight", options.Positions, options.Width);
        var x = build.Add(build.Transpose(stem, 0, 2, 1), build.Slice(table, [0], [places], [0]));
        var samples = build.Shape(x, 0, 1);
        int headWidth = options.Width / options.Heads;
        var heads = build.Concat([samples, TransformerLayers.List(layers, places, options.Heads, headWidth)], 0);
        x = build.Reshape(x, -1, options.Width);
        for (int block = 0; block < options.Depth; block++)
        {
            x = Block(layers, x, string.Create(CultureInfo.InvariantCulture, $"blocks.{block}."), heads, headWidth);
        }

        x = layers.LayerNorm(x, "norm.", Epsilon);
        x = build.Transpose(build.Reshape(x, -1, places, options.Width), 0, 2, 1);
        if (options.TellsLetters)
        {
            DnaHead.Letters(layers, x, options.Pool);
        }
        else
        {
            DnaHead.ByPlace(layers, x, options.Places, options.Hidden, options.Dropout, options.Classes);
        }

        return layers.Finish(DnaNetwork.Head);
    }

    private static Value Block(Layers layers, Value x, string prefix, Value heads, int headWidth)
    {
        var build = layers.Build;
        int width = x.Type.Dimensions[^1].Value!.Value;
        var y = layers.LayerNorm(x, prefix + "norm1.", Epsilon);
        var (query, key, value) = (
            layers.Linear(y, prefix + "query.", width, isSmall: true), layers.Linear(y, prefix + "key.", width, isSmall: true), layers.Linear(y, prefix + "value.", width, isSmall: true));
        var attended = TransformerLayers.Attention(layers, query, key, value, heads, headWidth);
        x = build.Add(x, layers.Linear(attended, prefix + "output.", width, isSmall: true));
        var hidden = TransformerLayers.Perceptron(layers, layers.LayerNorm(x, prefix + "norm2.", Epsilon), prefix + "hidden.", prefix + "back.", 2 * width);
        return build.Add(x, hidden);
    }
}
