namespace MedTune.Graphs.Operators;

/// <summary>MatMul with its matrices transposed where attributes transA and transB say so; for gradients.</summary>
internal sealed class BatchProduct : ProductOperator
{
    public override string Name => "BatchProduct";

    public override string Domain => InternalDomain;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var a = Attributes.None.With("transA", 1);
            var b = Attributes.None.With("transB", 1);
            yield return new("left", Sample.Values(1, 2, 4, 3), Sample.Values(2, 2, 4, 5)) { Attributes = a, FloatTolerance = 1e-5 };
            yield return new("right", Sample.Values(3, 2, 3, 4), Sample.Values(4, 5, 4)) { Attributes = b, FloatTolerance = 1e-5 };
            yield return new("both", Sample.Values(5, 4, 3), Sample.Values(6, 2, 5, 4)) { Attributes = a.With("transB", 1), FloatTolerance = 1e-5 };
        }
    }
}
