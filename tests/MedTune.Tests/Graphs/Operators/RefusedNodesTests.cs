using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <summary>Nodes that make no sense are refused with a sentence that says what was expected, whatever their numbers.</summary>
public sealed class RefusedNodesTests
{
    [Theory]
    [InlineData("LpPool", "p", 0L, "whole number from 1")]
    [InlineData("LpPool", "p", 1L << 40, "whole number from 1")]
    [InlineData("GlobalLpPool", "p", -1L, "whole number from 1")]
    [InlineData("RandomNormal", "shape", new[] { -1L }, "'shape'")]
    [InlineData("RandomNormal", "dtype", 7L, "Float or Double")]
    [InlineData("RandomUniformLike", "dtype", 9L, "Float or Double")]
    [InlineData("Bernoulli", "dtype", 8L, "dtype")]
    [InlineData("Multinomial", "sample_size", -3L, "sample_size")]
    [InlineData("DFT", "axis", -1L, "another one to transform")]
    [InlineData("DFT", "axis", 9L, "axis 9 does not exist")]
    [InlineData("STFT", "onesided", 1L, "a transform of real numbers")]
    [InlineData("MelWeightMatrix", "output_datatype", 7L, "Float or Double")]
    [InlineData("CenterCropPad", "axes", new[] { 0L }, "1 extents")]
    [InlineData("Col2Im", "strides", new[] { 0L, 1L }, "strides")]
    [InlineData("MaxUnpool", "kernel_shape", new[] { 2L }, "kernel_shape")]
    [InlineData("TfIdfVectorizer", "mode", "BM25", "a mode TF, IDF or TFIDF")]
    [InlineData("TfIdfVectorizer", "ngram_indexes", new[] { -1L }, "ngram_indexes")]
    [InlineData("TfIdfVectorizer", "ngram_counts", new[] { 0L, 9L }, "groups")]
    [InlineData("SVMClassifier", "vectors_per_class", new[] { 1L, 1L << 40, 1L }, "do not fit 3 classes")]
    [InlineData("SVMClassifier", "post_transform", "LOGISTIC", "needs probabilities")]
    [InlineData("SVMClassifier", "kernel_type", "COSINE", "there is no kernel")]
    [InlineData("SVMRegressor", "post_transform", "PROBIT", "post_transform")]
    [InlineData("LinearRegressor", "post_transform", "PROBIT", "post_transform")]
    [InlineData("TreeEnsemble", "n_targets", 0L, "targets")]
    [InlineData("TreeEnsemble", "tree_roots", new[] { 2L }, "begins at a branch")]
    [InlineData("TreeEnsemble", "nodes_trueleafs", new[] { 0L, 1L }, "circle")]
    [InlineData("TreeEnsemble", "nodes_falsenodeids", new[] { 1L, 99L }, "leads to a node")]
    [InlineData("TreeEnsemble", "leaf_targetids", new[] { 0L, 1L, 2L, 0L }, "target that does not exist")]
    [InlineData("TreeEnsemble", "aggregate_function", 3L, "aggregate 3")]
    [InlineData("TreeEnsemble", "post_transform", 4L, "post_transform")]
    public void Attribute_ThatMakesNoSense_IsRefused(string operation, string attribute, object value, string reason)
    {
        var op = OperatorRegistry.All.First(op => op.Name == operation);
        var sample = op.Cases.First(sample => operation != "STFT" || sample.Name == "complex");
        sample = sample with { Attributes = sample.Attributes.With(attribute, value) };

        Assert.Contains(reason, Refusal(() => CaseRun.Of(op, sample).Run(Precision.Float)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TreeEnsemble", "membership_values", "members of one of its sets are missing")]
    [InlineData("TreeEnsemble", "nodes_splits", "must be a tensor of numbers")]
    [InlineData("TreeEnsemble", "nodes_trueleafs", "differ in length")]
    [InlineData("SVMClassifier", "rho", "do not fit 3 classes")]
    [InlineData("SVMClassifier", "classlabels_ints", "class labels")]
    public void Attribute_ThatIsMissing_IsRefused(string operation, string attribute, string reason)
    {
        var op = OperatorRegistry.All.First(op => op.Name == operation);
        var sample = op.Cases.First() with { Attributes = op.Cases.First().Attributes.Without(attribute) };

        Assert.Contains(reason, Refusal(() => CaseRun.Of(op, sample).Run(Precision.Float)), StringComparison.Ordinal);
    }

    [Fact]
    public void MaxUnpool_PlaceOutsideTheOutput_IsRefused()
    {
        var op = OperatorRegistry.All.First(op => op.Name == "MaxUnpool");
        var sample = new OperatorCase("outside", Sample.Values(1, 1, 1, 1), Tensor.Create(new Shape(1, 1, 1), [2L])) { Attributes = Attributes.None.With("kernel_shape", (long[])[2]) };

        Assert.Contains("position 0 lies outside an axis of extent 2", Refusal(() => CaseRun.Of(op, sample).Run(Precision.Float)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_OfNothing_TakesNoMemoryForItsLength()
    {
        var op = OperatorRegistry.All.First(op => op.Name == "DFT");
        var sample = new OperatorCase("nothing", new Tensor<float>(new Shape(0, 4, 1)), Tensor.Scalar((long)int.MaxValue));

        Assert.Equal(0, CaseRun.Of(op, sample).Run(Precision.Float)[0].Length);
    }

    private static string Refusal(Action run) => Assert.Throws<InvalidGraphException>(run).Message;
}
