namespace MedTune.Graphs.Operators;

/// <summary>c = a · b for matrices of fixed sizes.</summary>
internal delegate void Multiplication<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c);
