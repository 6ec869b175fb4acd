using MedTune.Graphs;
using MedTune.Graphs.Operators;

namespace MedTune.Tests.Graphs;

/// <summary>Trees of files are hostile until checked.</summary>
public sealed class TreeEnsembleTests
{
    private static readonly Attributes Valid = new TreeEnsembleRegressor().Cases.First().Attributes;

    public static TheoryData<string, object?, string> Damages => new()
    {
        { "nodes_modes", new[] { "LEAF" }, "differ in length" },
        { "nodes_truenodeids", new long[] { 0, 2, 0, 0, 1, 3, 0, 0, 0 }, "circle" },
        { "nodes_truenodeids", new long[] { 99, 2, 0, 0, 1, 3, 0, 0, 0 }, "does not exist" },
        { "nodes_featureids", new long[] { -1, 1, 0, 0, 0, 1, 0, 0, 0 }, "feature that does not exist" },
        { "nodes_featureids", new long[] { 7, 1, 0, 0, 0, 1, 0, 0, 0 }, "feature 7" },
        { "nodes_modes", new[] { "BRANCH_XX", "LEAF", "LEAF", "LEAF", "LEAF", "LEAF", "LEAF", "LEAF", "LEAF" }, "mode" },
        { "nodes_nodeids", new long[] { 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "same number" },
        { "target_nodeids", new long[] { 0, 3, 2, 3, 4 }, "branches holds a leaf weight" },
        { "target_ids", new long[] { 0, 0, 0, 0, 5 }, "target" },
        { "n_targets", 0L, "targets" },
        { "aggregate_function", "MAX", "aggregate" },
        { "post_transform", "PROBIT", "post_transform" },
        { "base_values", new[] { 1f, 2f }, "base values" },
        { "target_weights", new[] { 1f, float.NaN, 1, 1, 1 }, "not a number" },
        { "nodes_treeids", null, "nodes_treeids" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Append_DamagedTrees_AreRefused(string attribute, object? value, string reason)
    {
        var builder = new GraphBuilder("hostile");
        var x = builder.Input("x", MedTune.Tensors.ElementType.Float, Dimension.Batch, 2);
        var attributes = value is null ? Valid.Without(attribute) : Valid.With(attribute, value);
        var error = Assert.Throws<InvalidGraphException>(() => builder.Append(TreeEnsemble.OperatorName, [x], attributes, TreeEnsemble.Domain));
        Assert.Matches(reason, error.Message);
    }

    [Fact]
    public void ToAttributes_ReadBack_GivesTheSameAttributes()
    {
        foreach (var sample in new TreeEnsembleRegressor().Cases.Where(sample => sample.Attributes.String("post_transform", "NONE") == "NONE"))
        {
            var node = new Node(TreeEnsemble.OperatorName, ["x"], ["y"], sample.Attributes, TreeEnsemble.Domain);
            var again = TreeEnsemble.Of(node).ToAttributes();
            Assert.Equal(sample.Attributes.Select(pair => pair.Key), again.Select(pair => pair.Key));
            Assert.Equal(sample.Attributes.Floats("target_weights").ToArray(), again.Floats("target_weights").ToArray());
            Assert.Equal(sample.Attributes.Ints("nodes_truenodeids").ToArray(), again.Ints("nodes_truenodeids").ToArray());
        }
    }
}
