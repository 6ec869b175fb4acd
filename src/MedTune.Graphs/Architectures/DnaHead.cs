using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>The first layer and the heads that networks over DNA share.</summary>
internal static class DnaHead
{
    /// <summary>The letters' numbers as rows of ones, Float [N, 4, length]; a letter that is not known is zero in all.</summary>
    public static Value OneHot(GraphBuilder build, int length) =>
        build.OneHot(build.Input("tokens", ElementType.Int64, Dimension.Batch, length), 4, 1);

    /// <summary>Filters over the letters, and the largest answer of every few places: [N, width, places].</summary>
    public static Value Stem(Layers layers, Value sequence, int width, int motif, int pool)
    {
        var x = layers.Build.Relu(layers.BatchNorm(layers.Conv(sequence, "stem.conv.", width, motif), "stem.bn."));
        return pool == 1 ? x : layers.MaxPool(x, pool, pool);
    }

    /// <summary>Logits of the letter at each place, [N, 4, length]: each place of [N, width, places] answers for the letters that were pooled into it.</summary>
    public static void Letters(Layers layers, Value x, int pooled)
    {
        var build = layers.Build;
        int places = x.Type.Dimensions[2].Value!.Value;
        var answers = layers.Conv(x, DnaNetwork.Head, 4 * pooled, kernel: 1, hasBias: true);
        var apart = build.Transpose(build.Reshape(answers, -1, 4, pooled, places), 0, 1, 3, 2);
        build.Output(build.Append("Reshape", [apart, TransformerLayers.List(layers, -1, 4, (long)pooled * places)], outputName: Architecture.Logits));
    }

    /// <summary>A classifier of two layers over a few channels at each place, and the mean and the largest value of every channel of [N, width, places].</summary>
    public static void ByPlace(Layers layers, Value x, int channels, int hidden, float dropout, int classes)
    {
        const string Head = DnaNetwork.Head;
        var build = layers.Build;
        var kept = build.Relu(layers.BatchNorm(layers.Conv(x, Head + "places.conv.", channels, kernel: 1), Head + "places.bn."));
        var mean = build.Flatten(build.Append("GlobalAveragePool", [x]));
        var largest = build.Flatten(build.Append("GlobalMaxPool", [x]));
        var all = Drop(build, build.Concat([build.Flatten(kept), mean, largest], 1), dropout);
        var units = build.Relu(layers.Linear(all, Head + "hidden.", hidden));
        var features = build.Append("Identity", [units], outputName: Architecture.Features);
        layers.Classifier(Drop(build, features, dropout), Head + "classifier.", classes);
    }

    private static Value Drop(GraphBuilder build, Value x, float ratio) => ratio > 0 ? build.Dropout(x, ratio) : x;
}
