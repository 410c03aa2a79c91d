module tocsin.io/gotemplate/reference

go 1.21
