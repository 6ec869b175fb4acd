namespace MedTune.Graphs.Operators;

/// <summary>Numbers drawn evenly from <c>low</c> (0) up to <c>high</c> (1), of the shape that the attribute lists.</summary>
internal sealed class RandomUniform : DrawingOperator
{
    public override string Name => "RandomUniform";

    public override IEnumerable<OperatorCase> Cases =>
        DrawingCases(Attributes.None.With("low", -2.5f).With("high", -2.5f), Attributes.None.With("low", -1f).With("high", 3f));

    protected override bool IsLike => false;

    public override Action Compile(KernelContext context)
    {
        double low = context.Attributes.Float("low", 0), high = context.Attributes.Float("high", 1);
        var numbers = Draws.Of(context.Node);
        return Draws.Each(context, i => low + ((high - low) * numbers.UniformDouble(i)));
    }
}
