using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>A transformer encoder over tokens with a classifier, its parameters named as Hugging Face names those of BERT.</summary>
/// <remarks>
/// Inputs, all Int64 [N, L] with N and L open: <c>input_ids</c>, <c>attention_mask</c> (1 where there is a token, 0 where there is padding) and
/// <c>token_type_ids</c> (the segment). The features are the pooled first token, tanh(W x + b). Devlin et al., NAACL 2019.
/// </remarks>
public static class TransformerEncoder
{
    private const float Epsilon = 1e-12f;
    private const string Prefix = "bert.";

    /// <summary>Builds the network.</summary>
    /// <param name="options">Its extents; BERT-base with 2 classes by default.</param>
    /// <exception cref="ArgumentException">The width is no multiple of the heads.</exception>
    public static Architecture Build(TransformerEncoderOptions? options = null)
    {
        options ??= new TransformerEncoderOptions();
        if (options.Heads < 1 || options.Width % options.Heads != 0)
        {
            throw new ArgumentException($"A width of {options.Width} cannot be shared by {options.Heads} heads; give a multiple.", nameof(options));
        }

        var layers = new Layers("transformer-encoder", options.Seed);
        var build = layers.Build;
        var length = Dimension.FromSymbol("L");
        var ids = build.Input("input_ids", ElementType.Int64, Dimension.Batch, length);
        var mask = Mask(build, build.Input("attention_mask", ElementType.Int64, Dimension.Batch, length));
        var segments = build.Input("token_type_ids", ElementType.Int64, Dimension.Batch, length);
        var extents = build.Shape(ids);
        int headWidth = options.Width / options.Heads;
        var heads = build.Concat([extents, TransformerLayers.List(layers, options.Heads, headWidth)], 0);
        var x = build.Reshape(Embeddings(layers, options, ids, segments), -1, options.Width);
        for (int i = 0; i < options.Depth; i++)
        {
            string block = string.Create(CultureInfo.InvariantCulture, $"{Prefix}encoder.layer.{i}.");
            var (query, key, value) = (
                layers.Linear(x, block + "attention.self.query.", options.Width, isSmall: true),
                layers.Linear(x, block + "attention.self.key.", options.Width, isSmall: true),
                layers.Linear(x, block + "attention.self.value.", options.Width, isSmall: true));
            var attended = TransformerLayers.Attention(layers, query, key, value, heads, headWidth, mask);
            var projected = Drop(build, layers.Linear(attended, block + "attention.output.dense.", options.Width, isSmall: true), options.Dropout);
            x = layers.LayerNorm(build.Add(projected, x), block + "attention.output.LayerNorm.", Epsilon);
            var hidden = TransformerLayers.Perceptron(layers, x, block + "intermediate.dense.", block + "output.dense.", options.Hidden);
            x = layers.LayerNorm(build.Add(Drop(build, hidden, options.Dropout), x), block + "output.LayerNorm.", Epsilon);
        }

        var sequence = build.Reshape(x, build.Concat([extents, TransformerLayers.List(layers, options.Width)], 0));
        var first = build.Gather(sequence, build.Constant(Tensor.Scalar(0L), "first"), axis: 1);
        var pooled = layers.Linear(first, Prefix + "pooler.dense.", options.Width, isSmall: true);
        var features = build.Append("Tanh", [pooled], outputName: Architecture.Features);
        layers.Classifier(Drop(build, features, options.Dropout), "classifier.", options.Classes, isSmall: true);
        return layers.Finish("classifier.") with { Prefix = Prefix };
    }

    /// <summary>Token, segment and position added and normalized: [N, L, width].</summary>
    private static Value Embeddings(Layers layers, TransformerEncoderOptions options, Value ids, Value segments)
    {
        const string prefix = Prefix + "embeddings.";
        var build = layers.Build;
        var words = layers.Embedding(ids, prefix + "word_embeddings.", options.Vocabulary, options.Width);
        var table = layers.Small(prefix + "position_embeddings.weight", options.Positions, options.Width);
        var zero = TransformerLayers.List(layers, 0);
        var positions = build.Append("Slice", [table, zero, build.Shape(ids, 1, 2), zero]);
        var kinds = layers.Embedding(segments, prefix + "token_type_embeddings.", options.Segments, options.Width);
        var sum = build.Add(build.Add(words, kinds), positions);
        return Drop(build, layers.LayerNorm(sum, prefix + "LayerNorm.", Epsilon), options.Dropout);
    }

    /// <summary>0 where there is a token, the lowest number where there is padding: [N, 1, 1, L].</summary>
    private static Value Mask(GraphBuilder build, Value given)
    {
        var mask = build.Cast(build.Unsqueeze(given, 1, 2), ElementType.Float);
        var padding = build.Subtract(build.Scalar(1, mask), mask);
        return build.Multiply(padding, build.Scalar(float.MinValue, mask));
    }

    private static Value Drop(GraphBuilder build, Value x, float ratio) => ratio > 0 ? build.Dropout(x, ratio) : x;
}
