namespace MedTune.Tensors;

/// <summary>A matrix product with its memory, and how it is cut into tasks.</summary>
internal unsafe struct ProductJob<T>
    where T : unmanaged
{
    public int M;
    public int N;
    public int K;

    /// <summary>Element (row, p) of a lies at row * ARow + p * ADepth.</summary>
    public T* A;
    public nint ARow;
    public nint ADepth;

    /// <summary>Element (p, column) of b lies at p * BDepth + column * BColumn.</summary>
    public T* B;
    public nint BDepth;
    public nint BColumn;

    public T* C;
    public nint CRow;
    public bool Accumulate;

    /// <summary>One value per column, added at the end; null for none.</summary>
    public T* Bias;

    /// <summary>Applied after the bias.</summary>
    public ProductActivation Activation;

    /// <summary>Added at the very end, with the row step of c; null for none.</summary>
    public T* Addend;

    /// <summary>The packed copies; null where the operand is read in place.</summary>
    public T* PackedA;
    public T* PackedB;

    /// <summary>Rows and column tiles of a task, and how many tasks there are each way.</summary>
    public int TaskRows;
    public int TaskTiles;
    public int RowTasks;
    public int TileTasks;
}
