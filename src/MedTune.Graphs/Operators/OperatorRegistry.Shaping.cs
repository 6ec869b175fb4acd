namespace MedTune.Graphs.Operators;

/// <content>Logic, comparisons, types, shapes, indices and text.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Shaping => new Operator[]
    {
        new And(), new Equal(), new Greater(), new GreaterOrEqual(), new IsInf(), new IsNaN(), new Less(), new LessOrEqual(), new Not(), new Or(),
        new Where(), new Xor(),
        new Cast(), new Constant(), new ConstantOfShape(), new Identity(), new LabelEncoder(), new OneHot(), new RangeOperator(), new TreeEnsembleRegressor(),
        new Concat(), new Expand(), new Flatten(), new Reshape(), new ShapeOperator(), new Size(), new Split(), new Squeeze(), new Tile(), new TileGradient(),
        new Transpose(), new Unsqueeze(),
        new ArgMax(), new ArgMin(), new Gather(), new GatherElements(), new GatherElementsGradient(), new GatherGradient(), new Slice(), new SliceGradient(),
    };
}
