using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Raw column values ready for a graph: floats with missing as NaN, or texts with missing as the empty string.</summary>
internal sealed class RawInputs
{
    private readonly Dictionary<string, Tensor> _columns = new(StringComparer.Ordinal);

    public RawInputs(int rows) => Rows = rows;

    /// <summary>Number of samples.</summary>
    public int Rows { get; }

    /// <summary>The values of a column, [rows].</summary>
    public Tensor this[string name] => _columns[name];

    public void Add(string name, float[] values) => _columns.Add(name, new Tensor<float>(new Shape(Rows), values));

    public void Add(string name, string[] values) => _columns.Add(name, new Tensor<string>(new Shape(Rows), values));
}
